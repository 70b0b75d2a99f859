internal import Documents

/// Recognises labels of input fields, which translations store under the name of a secret: `"password": "Passwort"`,
/// `forgot_password: Forgot your password?`.
enum Label {
    /// Whether a value is a label or a sentence about a secret rather than a secret.
    ///
    /// - Parameters:
    ///   - value: the value.
    ///   - isInTranslation: whether its file contains a program's texts in some language, which are never secrets.
    /// - Returns: whether it is not a secret.
    static func isOne(_ value: [UInt8], isInTranslation: Bool) -> Bool {
        if isInTranslation, isText(value) { return true }
        guard (4...200).contains(value.count), !value.contains(where: ByteSet.digits.contains),
            value.allSatisfy({ ByteSet.letters.contains($0) || $0 >= 0x80 || marks.contains($0) })
        else { return false }
        let text = String(decoding: value, as: UTF8.self)
        let words = text.lowercased().split { !$0.isLetter }
        let namesSecret = words.contains { fields.contains(String($0)) }
        let isCapital = text.first?.isUppercase == true
        guard namesSecret, words.count > 1, isCapital else { return false }
        // A passphrase has no full stop, and rarely begins with a capital and describes itself.
        return words.count < 5 || text.last == "."
    }

    /// Whether a value is natural language: letters of any alphabet and punctuation, or several words.
    private static func isText(_ value: [UInt8]) -> Bool {
        !value.contains(where: ByteSet.digits.contains) || value.contains(UInt8(ascii: " "))
    }

    /// Whether a file contains a program's texts in some language, judging by its name or folder: `de.json`,
    /// `en-us.yml`, `messages_pl.properties`, `locales/de-DE/portal.json`, in any letter case.
    static func isTranslation(path: String, fileExtension: String) -> Bool {
        guard extensions.contains(fileExtension) else { return false }
        let components = path.lowercased().split(separator: "/")
        guard let name = components.last else { return false }
        if components.dropLast().contains(where: { folders.contains(String($0)) }) { return true }
        let words = name.dropLast(fileExtension.utf8.count + 1).split { "_-.".contains($0) }
        guard let last = words.last, let first = words.first, words.count < 4 else { return false }
        if languages.contains(String(first)) { return words.count < 3 }
        return words.dropFirst().contains { languages.contains(String($0)) } && texts.contains(String(first))
            || languages.contains(String(last)) && words.contains { texts.contains(String($0)) }
    }

    /// The names of folders that contain a program's texts in several languages.
    private static let folders: Set<String> = [
        "i18n", "l10n", "lang", "langs", "language", "languages", "locale", "locales", "localisation", "localization",
        "translation", "translations",
    ]

    private static let marks = ByteSet(" '’.,:;!?()/-…")
    private static let extensions: Set<String> = [
        "arb", "ftl", "inc", "js", "json", "php", "po", "properties", "resx", "ts", "yaml", "yml",
    ]
    /// The first words of the names of files that contain such texts.
    private static let texts: Set<String> = [
        "app", "errors", "i18n", "labels", "lang", "locale", "main", "messages", "resources", "strings", "texts",
        "translation", "translations", "validation",
    ]
    private static let languages: Set<String> = [
        "ab", "af", "am", "ar", "az", "be", "bg", "bn", "bo", "br", "bs", "ca", "cs", "cy", "da", "de", "el", "en",
        "eo", "es", "et", "eu", "fa", "fi", "fil", "fr", "fy", "ga", "gd", "gl", "gu", "he", "hi", "hr", "hu", "hy",
        "id", "ig", "is", "it", "ja", "jv", "ka", "kk", "km", "kn", "ko", "ku", "ky", "lb", "lo", "lt", "lv", "mg",
        "mi", "mk", "ml", "mn", "mr", "ms", "mt", "my", "nb", "ne", "nl", "nn", "no", "ny", "pa", "pl", "ps", "pt",
        "ro", "ru", "rw", "sd", "si", "sk", "sl", "sn", "so", "sq", "sr", "st", "su", "sv", "sw", "ta", "te", "tg",
        "th", "tk", "tl", "tr", "tt", "ug", "uk", "ur", "uz", "vi", "xh", "yi", "yo", "zh", "zu",
    ]
    /// The words for a field with a secret or a login, in lower case.
    private static let fields: Set<String> = [
        "adgangskode", "benutzername", "brugernavn", "contrasenya", "contraseña", "geheimnis", "hasło", "heslo",
        "jelszó",
        "kennwort", "lozinka", "lösenord", "nazwa", "parola", "passe", "passord", "passphrase", "password", "passwords",
        "passwort", "passwörter", "salasana", "schlüssel", "senha", "slaptažodis", "username", "usuario", "utilisateur",
        "wachtwoord", "şifre", "κωδικός", "имя", "пароль", "密码", "密碼", "パスワード", "비밀번호",
    ]
}
