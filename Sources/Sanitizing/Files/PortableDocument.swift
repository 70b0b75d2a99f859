/// Recognises PDF files, ISO 32000.
///
/// They name their author, and contain text, earlier versions and attachments in compressed form, even if the file
/// itself is text.
package enum PortableDocument {
    /// Whether a file begins as a PDF.
    package static func begins(_ head: [UInt8]) -> Bool { head.starts(with: mark) }

    private static let mark = Array("%PDF-".utf8)
}
