@testable import Documents
import Testing

@Suite("extensions of files")
struct FileExtensionTests {
    /// An extension in two rows would have the properties of the last one only.
    @Test func areInTheTableOnce() {
        let names = FileExtension.rows.flatMap { $0.names.split(separator: " ") }
        #expect(names.count > 120)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0 == $0.lowercased() })
    }

    @Test(arguments: [
        ("a/main.py", "py"), ("site.conf.j2", "conf"), (".env", "env"), ("A/B.YML", "yml"), ("Makefile", ""),
        ("sites-enabled/wren.org", ""), ("notes.org", "org"), ("", ""),
    ])
    func areReadFromPaths(path: String, name: String) {
        #expect(FileExtension.name(inPath: path) == name)
    }

    @Test(arguments: [
        ("a.mobileconfig", FileSort.markup), ("app.webmanifest", .structure), ("a.pm", .program),
        ("a.js", .quotedSettings),
        ("a.mjs", .program), ("README.md", .prose), ("a.conf", .settings), ("a.unknown", .settings),
    ])
    func tellTheSort(path: String, sort: FileSort) {
        #expect(FileSort(path: path) == sort)
    }

    @Test(arguments: [
        ("#!/usr/bin/env python3\n", FileSort.program), ("#!/usr/bin/node\nx", .program),
        ("#!/usr/bin/env deno\n", .program),
        ("#!/usr/bin/lua\n", .quotedSettings), ("#!/usr/bin/php", .quotedSettings),
    ])
    func areThoseOfTheInterpreter(text: String, sort: FileSort) throws {
        let line = try #require(InterpreterLine(Array(text.utf8)[...]))
        #expect(line.program?.sort == sort)
        #expect(!line.isShell)
    }

    @Test(arguments: ["#!/bin/sh\n", "#!/bin/bash -e\n", "#!/usr/bin/env zsh\n"])
    func ofAShellAreNone(text: String) throws {
        let line = try #require(InterpreterLine(Array(text.utf8)[...]))
        #expect(line.isShell)
        #expect(line.program == nil)
    }

    @Test func onlyTheFirstLineNamesAnInterpreter() {
        #expect(InterpreterLine(Array("\n#!/bin/sh\n".utf8)[...]) == nil)
        #expect(InterpreterLine(Array("#!/bin/sh\n# python".utf8)[...])?.program == nil)
    }
}
