/// The encoding of a value in the surrounding text.
///
/// An encoding is transparent or opaque. In a transparent one, such as a JSON string, each byte of the value has its
/// own place in the text, so that a part can be replaced while the rest stays as written. In an opaque one, such as
/// base64, the value must be encoded again as a whole.
public enum Encoding: Hashable, Sendable {
    /// The inside of a JSON string (RFC 8259 section 7).
    case jsonString
    /// The inside of a JSON string in which all non-ASCII characters are escaped, as by Python and gcloud.
    case jsonStringASCII
    /// A plain YAML scalar (YAML 1.1 section 9.1.3), as libyaml reads it.
    case yamlPlain
    /// A plain YAML scalar inside `[]` or `{}`, where commas and brackets end it.
    case yamlFlowPlain
    /// The inside of a single-quoted YAML scalar.
    case yamlSingleQuoted
    /// The inside of a double-quoted YAML scalar.
    case yamlDoubleQuoted
    /// The content of a literal block scalar (`|`): a line break is encoded as a line break and `indent` spaces.
    ///
    /// The span starts after the indentation of the first line and ends before the line break of the last non-blank
    /// line, so that the line breaks affected by chomping (`-`, `+`) are outside the value.
    case yamlLiteral(indent: Int)
    /// The content of a folded block scalar (`>`), with the span of ``yamlLiteral(indent:)``: a space may be encoded as
    /// a line break and `indent` spaces.
    case yamlFolded(indent: Int)
    /// An unquoted dotenv value.
    case dotenvUnquoted
    /// The inside of a single-quoted dotenv value.
    case dotenvSingleQuoted
    /// The inside of a double-quoted dotenv value.
    case dotenvDoubleQuoted
    /// The value of a Java properties line.
    case properties
    /// The value of an INI line, unescaped.
    case ini
    /// The inside of a double-quoted string with backslash escapes: Lua, HOCON, HCL, Python, JavaScript, nginx.
    case doubleQuoted
    /// The inside of a single-quoted string with backslash escapes: Lua, Python, JavaScript, nginx.
    case singleQuoted
    /// The inside of a single-quoted shell word, which has no escapes.
    case shellSingleQuoted
    /// The inside of a double-quoted shell word.
    case shellDoubleQuoted
    /// A shell word with several parts and their quotes, or with backslashes outside quotes; opaque.
    case shellWord
    /// A word without quotes, which ends at white space or at a delimiter of its format.
    case bare
    /// A line or a part of one, unescaped: prose, and unquoted values that are more than a bare word.
    case line
    /// A field of a table separated by colons, commas, semicolons, bars or tabs: `/etc/passwd`, CSV without quotes.
    case field
    /// A field of `~/.pgpass`, in which a backslash escapes a colon or another backslash.
    case pgpassField
    /// The inside of a quoted CSV field (RFC 4180), in which a quote is doubled.
    case csvQuoted
    /// The inside of a TOML literal string, which has no escapes.
    case tomlLiteral
    /// A number, `true`, `false` or `null` in a typed format (JSON, Lua, HCL, Python, JavaScript, TOML).
    ///
    /// Only a literal of the same type can replace it.
    case literal
    /// Character data or an attribute's value in XML or HTML: `&`, `<`, `>` and quotes are entities.
    case xml
    /// Percent-encoding (RFC 3986 section 2.1).
    case percent
    /// Base64 (RFC 4648), in either alphabet, padded or not, wrapped or not; opaque.
    case base64
    /// Unpadded base64url (RFC 4648 section 5), as in a JSON Web Token; opaque.
    ///
    /// It is separate because it never gets padding, even if the old text happened to need none.
    case base64url
    /// Base32 (RFC 4648 section 6) in upper case, padded or not, wrapped or not; opaque.
    case base32
    /// Text compressed with gzip (RFC 1952); opaque, and always inside another encoding.
    case gzip
    /// Text compressed with zlib (RFC 1950); opaque, and always inside another encoding.
    case zlib
    /// Text compressed with Zstandard (RFC 8878); opaque, and always inside another encoding.
    case zstandard
    /// Quoted-printable (RFC 2045 section 6.7), as in mails and vCards.
    case quotedPrintable
    /// The text of an encoded word in a mail header (RFC 2047 section 4.2).
    case encodedWord
    /// A folded LDIF value (RFC 2849), in which a line break followed by a space means nothing.
    case ldifFolded
    /// Little-endian UTF-16 of a whole file, or of the data that base64 decodes to.
    case utf16LittleEndian
    /// Big-endian UTF-16 of a whole file.
    case utf16BigEndian
    /// Little-endian UTF-32 of a whole file.
    case utf32LittleEndian
    /// Big-endian UTF-32 of a whole file.
    case utf32BigEndian
    /// Hexadecimal digits; opaque.
    case hex
}
