import Testing

@testable import Documents

/// The code of programs, without their strings and comments.
@Suite struct CodeTextTests {
    /// Whether the word `murre`, which stands once in the text, is code.
    private static func isCode(_ text: String, _ path: String) throws -> Bool {
        let bytes = Array(text.utf8)
        let start = try #require(
            text.utf8.firstRange(of: "murre".utf8).map { text.utf8.distance(from: text.startIndex, to: $0.lowerBound) }
        )
        return try #require(CodeText(path: path, text: bytes)).isCode(from: start, to: start + 5)
    }

    @Test(arguments: [
        ("a.lua", "local x = \"a\" -- b\nlocal murre = 1\n"), ("a.lua", "--[[ x\n]] murre()\n"),
        ("a.lua", "local x = [==[ ]] ]==] .. murre\n"), ("a.lua", "local u = require \"core.murre\".x\n"),
        ("a.py", "\"\"\"it's\n\"\"\"\nmurre = 'x'\n"), ("a.py", "x = importlib.import_module('auk.murre')\n"),
        ("a.js", "const x = /['\"]/.test(y), murre = `a\n'b`\n"), ("a.js", "const murre = require(\"auk\")\n"),
        ("a.js", "import x from \"./lib/murre\"\n"), ("a.php", "<p>don't</p>\n<?php $murre = 'a\nb'; ?>\n"),
        ("a.rb", "x = 'a'\nmurre = nil\n"), ("a.c", "char c = '\"'; int murre; /* \" */\n"),
        ("a.go", "var murre = `a\nb`\n"), ("a.cpp", "x = R\"(a\")\"; int murre;\n"),
        ("a.rb", "x = %w[a\n 'b]\nmurre(x)\n"), ("a.rb", "x =~ /['\"]/; murre = 1\n"),
        ("a.pl", "my $x = qq{\n'a {b}\n}; murre($x);\n"), ("a.pl", "$x =~ s{a'}{b}; murre();\n"),
        ("a.pl", "print( << 'EOT' );\nit's\nEOT\nmurre();\n"), ("a.pl", "$s{a} = 'b'; murre();\n"),
        ("a.js", "if (x) /['\"]/.test(y) && murre()\n"), ("a.js", "x = `${a(`'`)}`, murre = 1\n"),
        ("a.js", "x = i++ / 2, y = \"/\", murre = 3\n"), ("a.js", "x = (a) / 2, y = \"/\", murre = 3\n"),
    ])
    func isFound(path: String, text: String) throws { #expect(try Self.isCode(text, path), "\(text)") }

    @Test(arguments: [
        ("a.lua", "local x = \"murre\"\n"), ("a.lua", "local x = [[\nmurre ]]\n"), ("a.lua", "-- murre\n"),
        ("a.py", "'''\nmurre'''\n"),
        ("a.js", "const x = `\nmurre`\n"), ("a.js", "import x from \"https://murre.test/x.js\"\n"),
        ("a.js", "x = y\"murre\n"), ("a.js", "const x = Buffer.from(\"murre\")\n"),
        ("a.rb", "x = YAML.load(\"murre\")\n"),
        ("a.php", "<p>murre</p><?php x(); ?>\n"), ("a.php", "<?php\n$x = <<<EOT\nmurre\nEOT;\n"),
        ("a.rb", "x = <<~EOS\n  murre\nEOS\n"),
        ("a.rb", "x = %w[murre auk]\n"), ("a.pl", "my @x = qw(murre auk);\n"), ("a.pl", "=pod\n\nmurre\n\n=cut\n"),
        ("a.cpp", "auto x = R\"K(\na\" )\" murre)K\";\n"), ("a.java", "x = \"\"\"\n  a\" murre\"\"\";\n"),
        ("a.rb", "x = %w[\n  a murre\n]\n"), ("a.pl", "x(qw{ a\n murre });\n"), ("a.pl", "s{a}{murre};\n"),
        ("a.pl", "print << 'EOT';\nmurre\nEOT\n"), ("a.js", "x = `${a(`b`)} murre`\n"),
        ("a.rb", "__END__\nmurre\n"), ("a.go", "import \"murre.test/x\"\n"),
    ])
    func isNoTextOrDoubt(path: String, text: String) throws { #expect(try !Self.isCode(text, path), "\(text)") }

    @Test func aTextMayCrossAString() throws {
        let code = try #require(CodeText(path: "a.rb", text: Array("x = %w(ab cd) + 'ef'\n".utf8)))
        #expect(code.crossesString(from: 4, to: 9))
        #expect(!code.crossesString(from: 7, to: 9))
        #expect(!code.crossesString(from: 0, to: 4))
        #expect(code.crossesString(from: 10, to: 18))
        #expect(code.crossesString(from: 10, to: 13))
        #expect(!code.crossesString(from: 6, to: 13))
    }

    @Test func anotherLanguageIsNotRead() {
        #expect(CodeText(path: "a.yml", text: Array("a: b\n".utf8)) == nil)
        #expect(CodeText(path: "deploy", text: Array("#!/usr/bin/env python3\nx = 1\n".utf8)) != nil)
    }

    private static func changedLine(_ path: String, _ before: String, _ after: String) throws -> Int? {
        let (old, new) = (CodeText(path: path, text: Array(before.utf8)), CodeText(path: path, text: Array(after.utf8)))
        return try #require(old).firstChangedLine(in: #require(new))
    }

    @Test func onlyTheCodeIsCompared() throws {
        #expect(try Self.changedLine("a.lua", "x = \"a\" -- b\ny = 47\n", "x = \"REPLACE-x\" -- d\ny = 100\n") == nil)
        #expect(try Self.changedLine("a.lua", "x = a\ny = conn.x\n", "x = a\ny = REPLACE-key.x\n") == 2)
        #expect(try Self.changedLine("a.lua", "x(\"a\")\n", "x(\"a\n") != nil)
        #expect(try Self.changedLine("a.lua", "x = y1.z\n", "x = y2.z\n") == 1)
        #expect(try Self.changedLine("a.py", "x = require('a')\n", "x = require('b')\n") == nil)
        #expect(try Self.changedLine("a.js", "x = require('a')\n", "x = require('b')\n") == 1)
    }

    @Test func tagsAreCompared() {
        let before = "<a x=\"1\"><!-- b --><c>d</c></a>\n"
        func line(_ after: String) -> Int? {
            MarkupTags(path: "a.xml", text: Array(before.utf8))?.firstChangedLine(
                in: MarkupTags(text: Array(after.utf8))
            )
        }
        #expect(line("<a x=\"2\"><!-- e --><c>REPLACE-d</c></a>\n") == nil)
        #expect(line("<a x=\"1\"><!-- b --><c>REPLACE-d\n") == 2)
        #expect(line("<a y=\"1\"><!-- b --><c>d</c></a>\n") == 1)
        #expect(MarkupTags(path: "a.txt", text: Array("<a>".utf8)) == nil)
    }
}
