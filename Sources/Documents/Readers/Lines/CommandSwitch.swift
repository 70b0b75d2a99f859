/// The options without a value that share their names with options of other commands that have one.
enum CommandSwitch {
    private static let name = "user".utf8

    /// Whether `option` is one of them.
    static func mayBe(_ option: ArraySlice<UInt8>) -> Bool { option.elementsEqual(name) }

    /// Whether it has no value in a command of these words: `pip install --user NAME`, `systemctl --user restart NAME`.
    static func isOne(in words: some Sequence<ArraySlice<UInt8>>) -> Bool {
        words.contains { word in
            let name = word.split(separator: .slash).last ?? word
            return commands.contains { name.elementsEqual($0.utf8) }
        }
    }

    /// The commands in which it restricts the action to the current user.
    private static let commands = [
        "pip", "pip2", "pip3", "systemctl", "journalctl", "systemd-run", "flatpak", "setup.py", "easy_install",
    ]
}
