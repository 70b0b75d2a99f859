internal import FoundationEssentials
internal import Sodium

extension FileTransaction {
    /// The journal that makes a crash harmless: the names of staged files and of the files that they replace, with the
    /// digests of both, without contents.
    ///
    /// Its first line is JSON, written and flushed to disk before anything is staged. Its second line is `commit
    /// <digest of the first line>`, written and flushed when everything is staged. Without a complete second line the
    /// old state counts; with it, the new one.
    struct Journal: Codable, Equatable {
        /// The file's name in the root of the tree.
        static let name = ".scrubjay-transaction.journal"
        /// The format version that is written.
        ///
        /// Version 1 has no created or removed files and no folders; everything else in it is read the same way.
        static let currentVersion = 2

        /// One file of the transaction.
        struct Entry: Codable, Equatable {
            /// The path of the file relative to the root.
            var path: String
            /// The name of its new contents, in the same folder; nil for a file that is removed.
            var staged: String?
            /// The digest of the old contents; nil for a new file.
            var before: String?
            /// The digest of the new contents; nil for a file that is removed.
            var after: String?
            /// The permission bits of the new file.
            var mode: UInt32
        }

        /// The state of a journal.
        enum State: Equatable {
            /// Its first line is incomplete, so nothing was staged.
            case torn
            /// Contents may be staged; nothing was replaced.
            case begun(Journal)
            /// Everything is staged; files may be replaced.
            case committed(Journal)
        }

        /// The format version.
        var version = Journal.currentVersion
        /// The files, in the order in which they change.
        var entries: [Entry]
        /// The folders that are created for new files, each after the one that contains it; nil if there are none.
        var folders: [String]?

        /// Returns the first line, with its line end.
        func beginRecord() throws(FileTransactionError) -> [UInt8] {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            do {
                return [UInt8](try encoder.encode(self)) + [UInt8(ascii: "\n")]
            } catch {
                throw FileTransactionError(.malformedJournal, "the journal cannot be written as JSON")
            }
        }

        /// Returns the second line, which belongs to this first line only.
        static func commitRecord(for beginRecord: [UInt8]) -> [UInt8] {
            Array("commit \(BLAKE2b.hash(beginRecord))\n".utf8)
        }

        /// Determines the state of a journal.
        static func state(of bytes: [UInt8]) throws(FileTransactionError) -> State {
            guard let lineEnd = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return .torn }
            let beginRecord = Array(bytes[...lineEnd])
            let journal = try decode(beginRecord)
            let rest = Array(bytes[(lineEnd + 1)...])
            let commitRecord = commitRecord(for: beginRecord)
            if rest == commitRecord { return .committed(journal) }
            guard rest.last != UInt8(ascii: "\n") else {
                throw FileTransactionError(.malformedJournal, at: name, "the commit record does not fit the journal")
            }
            return .begun(journal)
        }

        private static func decode(_ beginRecord: [UInt8]) throws(FileTransactionError) -> Journal {
            let journal: Journal
            do {
                journal = try JSONDecoder().decode(Journal.self, from: Data(beginRecord))
            } catch {
                throw FileTransactionError(.malformedJournal, at: name, "the journal is damaged")
            }
            guard (1...currentVersion).contains(journal.version) else {
                throw FileTransactionError(
                    .malformedJournal,
                    at: name,
                    "the journal has version \(journal.version), and this program knows versions up to \(currentVersion)"
                )
            }
            for entry in journal.entries {
                _ = try RelativePath(entry.path)
                let isNamed = entry.staged.map(StagedName.isValid) ?? true
                guard isNamed, (entry.staged == nil) == (entry.after == nil), entry.mode & ~0o7777 == 0 else {
                    throw FileTransactionError(
                        .malformedJournal,
                        at: name,
                        "the journal names a file that no run staged"
                    )
                }
                for digest in [entry.before, entry.after].compactMap(\.self) where Digest(digest) == nil {
                    throw FileTransactionError(.malformedJournal, at: name, "the journal has an invalid digest")
                }
            }
            for folder in journal.folders ?? [] { _ = try RelativePath(folder) }
            return journal
        }
    }
}
