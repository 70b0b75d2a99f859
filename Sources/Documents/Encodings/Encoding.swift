/// How a value is spelled by the bytes of the text around it.
///
/// An encoding is either transparent, when each byte of the value has its own place in the text (a JSON string), so that
/// a part of the value can be replaced and the rest stays as it was written; or opaque, when it must be written anew as a
/// whole (base64).
public enum Encoding: Hashable, Sendable {
    /// The inside of a JSON string, RFC 8259 section 7.
    case jsonString
    /// The inside of a JSON string whose writer escapes all that is not ASCII, as Python and gcloud do.
    case jsonStringASCII
    /// A plain YAML scalar, YAML 1.1 section 9.1.3 in the reading of libyaml.
    case yamlPlain
    /// A plain YAML scalar inside of `[]` or `{}`, where commas and brackets end it.
    case yamlFlowPlain
    /// The inside of a single-quoted YAML scalar.
    case yamlSingleQuoted
    /// The inside of a double-quoted YAML scalar.
    case yamlDoubleQuoted
    /// The content of a literal block scalar (`|`): a line break is written as a line break and so many spaces.
    ///
    /// The span starts behind the indentation of the first line and ends before the line break of the last line that
    /// is not blank, so that the line breaks that chomping (`-`, `+`) decides about are outside of the value.
    case yamlLiteral(indent: Int)
    /// The content of a folded block scalar (`>`), with the span of ``yamlLiteral(indent:)``: a line break and so many
    /// spaces are written for a space.
    case yamlFolded(indent: Int)
    /// An unquoted dotenv value.
    case dotenvUnquoted
    /// The inside of a single-quoted dotenv value.
    case dotenvSingleQuoted
    /// The inside of a double-quoted dotenv value.
    case dotenvDoubleQuoted
    /// The value of a Java properties line.
    case properties
    /// The value of an INI line, as it stands.
    case ini
    /// The inside of a double-quoted string with backslash escapes: Lua, HOCON, HCL, Python, JavaScript, nginx.
    case doubleQuoted
    /// The inside of a single-quoted string with backslash escapes: Lua, Python, JavaScript, nginx.
    case singleQuoted
    /// The inside of a single-quoted shell word, which knows no escape.
    case shellSingleQuoted
    /// The inside of a double-quoted shell word.
    case shellDoubleQuoted
    /// A shell word of several parts, with the quotes around these, or with backslashes outside of quotes; opaque.
    case shellWord
    /// A word without quotes: it ends at white space or at a delimiter of its format.
    case bare
    /// A line or a part of one, as it stands: prose, and unquoted values that hold more than a bare word.
    case line
    /// A field of a table whose fields end at colons, commas, semicolons, bars or tabs: `/etc/passwd`, CSV without quotes.
    case field
    /// A field of `~/.pgpass`, where a backslash stands before a colon and before another backslash.
    case pgpassField
    /// The inside of a quoted CSV field, RFC 4180: a quote is written twice.
    case csvQuoted
    /// The inside of a TOML literal string, which knows no escape.
    case tomlLiteral
    /// A number, `true`, `false` or `null` where types matter (JSON, Lua, HCL, Python, JavaScript, TOML): only another
    /// of the same type can take its place.
    case literal
    /// Character data or an attribute's value in XML or HTML: `&`, `<`, `>` and quotes are entities.
    case xml
    /// Percent-encoding, RFC 3986 section 2.1.
    case percent
    /// Base64 of RFC 4648, either alphabet, padded or not, wrapped or not; opaque.
    case base64
    /// Base64 of RFC 4648 section 5 without padding, as in a JSON Web Token; opaque.
    ///
    /// It is told apart because its parts never get padding, even where the old one happened to need none.
    case base64url
    /// What of a text is compressed with gzip, RFC 1952; opaque, and always inside of another encoding.
    case gzip
    /// Quoted-printable, RFC 2045 section 6.7: mails and vCards.
    case quotedPrintable
    /// UTF-16 with the low byte first, of a whole file or of what base64 decodes to.
    case utf16LittleEndian
    /// UTF-16 with the high byte first, of a whole file.
    case utf16BigEndian
    /// UTF-32 with the low byte first, of a whole file.
    case utf32LittleEndian
    /// UTF-32 with the high byte first, of a whole file.
    case utf32BigEndian
    /// Hexadecimal digits; opaque.
    case hex
}
