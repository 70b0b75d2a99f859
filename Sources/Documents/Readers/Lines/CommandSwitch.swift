/// The options without a value that share their names with options of other commands that have one.
enum CommandSwitch {
    /// Whether `option` has no value in a command of these words: `pip install --user NAME`, `systemctl --user restart
    /// NAME`.
    static func isOne(_ option: ArraySlice<UInt8>, behind words: [ArraySlice<UInt8>]) -> Bool {
        guard option.elementsEqual("user".utf8) else { return false }
        return words.contains { word in
            let name = word.split(separator: .slash).last ?? word
            return commands.contains { name.elementsEqual($0.utf8) }
        }
    }

    /// The commands in which it restricts the action to the current user.
    private static let commands = [
        "pip", "pip2", "pip3", "systemctl", "journalctl", "systemd-run", "flatpak", "setup.py", "easy_install",
    ]
}
