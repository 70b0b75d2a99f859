/// Recognises options without a value that have the same names as other commands' options with a value.
enum CommandSwitch {
    private static let name = "user".utf8

    /// Whether `option` may be such an option.
    static func mayBe(_ option: ArraySlice<UInt8>) -> Bool { option.elementsEqual(name) }

    /// Whether such an option has no value in a command with these words: `pip install --user NAME`, `systemctl --user
    /// restart NAME`.
    static func isOne(in words: some Sequence<ArraySlice<UInt8>>) -> Bool {
        words.contains { word in
            let name = word.drop { !$0.isLetter }.split(separator: .slash).last ?? word
            return commands.contains { name.elementsEqual($0.utf8) }
        }
    }

    /// The commands in which the option restricts the action to the current user.
    private static let commands = [
        "pip", "pip2", "pip3", "systemctl", "journalctl", "systemd-run", "systemd", "flatpak", "setup.py",
        "easy_install",
    ]
}
