import Documents
import Testing

/// The rows in dumps of SQL have the names of their columns.
@Suite struct SQLReaderTests {
    /// `table/column=value` of all that has such a key.
    private static func values(_ text: String, path: String = "dump.sql") -> [String] {
        let document = Document(path: path, bytes: Array(text.utf8))
        guard let layer = document.layers.first else { return [] }
        return layer.values.filter { $0.keyPath.count == 2 && $0.role == .value }.map { value in
            let bytes = layer.text[value.span.start..<value.span.end]
            return value.keyPath.joined(separator: "/") + "=" + String(decoding: bytes, as: UTF8.self)
        }
    }

    @Test func columnsOfTheTableNameTheValues() {
        let text = """
            CREATE TABLE IF NOT EXISTS `users` (
              `id` int(11) NOT NULL AUTO_INCREMENT,
              `Login` varchar(60) COLLATE x DEFAULT '(, ''',
              `size` decimal(10,2),
              PRIMARY KEY (`id`), KEY `k` (`Login`)
            ) ENGINE=InnoDB;
            INSERT INTO `users` VALUES (1,'bo',NULL),(2,'eve (a), b',3.5),
              (3,'o''tter',now());
            """
        #expect(
            Self.values(text) == ["users/id=1", "users/login=bo", "users/id=2", "users/login=eve (a), b", "users/id=3"]
        )
    }

    @Test func columnsOfTheStatementNameTheValues() {
        let text = "insert into shop.\"Users\" (id, \"name\") values (7, 'Bo Otter');\n"
        #expect(Self.values(text) == ["users/id=7", "users/name=Bo Otter"])
    }

    @Test func linesOfACopyHaveFields() {
        let text =
            "COPY public.users (id, login, note) FROM stdin;\n1\tbo\t\\N\n2\teve\tx y\nodd\n\\.\nINSERT INTO x (a) VALUES ('b');\n"
        #expect(
            Self.values(text) == [
                "users/id=1", "users/login=bo", "users/id=2", "users/login=eve", "users/note=x y", "x/a=b",
            ]
        )
    }

    @Test(arguments: [
        "INSERT INTO users VALUES (1,'bo');", "INSERT INTO users (a) VALUES (1,'bo');",
        "INSERT INTO users (a, VALUES (",
        "CREATE TABLE", "CREATE TABLE x (a int, b '", "COPY x (a) FROM stdin;", "COPY x (a",
        "INSERT INTO x (a) VALUES ('b",
        "INSERT INTO x (a) VALUES (MD5('b'));", "INSERT INTO x (a) VALUES ('b\\",
    ])
    func whatIsOddOrCutOffHasNoNames(text: String) {
        #expect(Self.values(text).isEmpty)
    }

    @Test func otherFilesAreNoDumps() {
        #expect(Self.values("INSERT INTO users (a) VALUES ('b');\n", path: "notes.txt").isEmpty)
    }
}
