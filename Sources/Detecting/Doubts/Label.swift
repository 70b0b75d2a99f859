internal import Documents

/// Recognises what a program shows beside a field, which stands under the name of a secret in its translations:
/// `"password": "Passwort"`, `forgot_password: Forgot your password?`.
enum Label {
    /// Whether a value is a label or a sentence about a secret rather than one.
    ///
    /// - Parameters:
    ///   - value: the value.
    ///   - isInTranslation: whether its file has the texts of a program in a language, none of which is a value.
    /// - Returns: whether it is no secret.
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
        // A passphrase has no full stop, and rarely begins with a capital and says what it is.
        return words.count < 5 || text.last == "."
    }

    /// Whether a value is words of a language: letters of any alphabet and marks, or several words.
    private static func isText(_ value: [UInt8]) -> Bool {
        !value.contains(where: ByteSet.digits.contains) || value.contains(UInt8(ascii: " "))
    }

    /// Whether a file has the texts of a program in a language, by its name or by a folder: `de.json`, `en-us.yml`,
    /// `messages_pl.properties`, `locales/de-DE/portal.json`, all in lower case.
    static func isTranslation(path: String, fileExtension: String) -> Bool {
        guard extensions.contains(fileExtension) else { return false }
        let components = path.split(separator: "/")
        guard let name = components.last else { return false }
        if components.dropLast().contains(where: { folders.contains(String($0)) }) { return true }
        let words = name.dropLast(fileExtension.utf8.count + 1).split { "_-.".contains($0) }
        guard let last = words.last, let first = words.first, words.count < 4 else { return false }
        if languages.contains(String(first)) { return words.count < 3 }
        return words.dropFirst().contains { languages.contains(String($0)) } && texts.contains(String(first))
            || languages.contains(String(last)) && words.contains { texts.contains(String($0)) }
    }

    /// The names of folders with the texts of a program in several languages.
    private static let folders: Set<String> = [
        "i18n", "l10n", "lang", "langs", "language", "languages", "locale", "locales", "translation", "translations",
    ]

    private static let marks = ByteSet(" '’.,:;!?()/-…")
    private static let extensions: Set<String> = [
        "arb", "ftl", "js", "json", "php", "po", "properties", "resx", "ts", "yaml", "yml",
    ]
    /// The first words of names of files with texts.
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
    /// The words for a field with a secret or a login, in small letters.
    private static let fields: Set<String> = [
        "adgangskode", "benutzername", "brugernavn", "contrasenya", "contraseña", "geheimnis", "hasło", "heslo",
        "jelszó",
        "kennwort", "lozinka", "lösenord", "nazwa", "parola", "passe", "passord", "passphrase", "password", "passwords",
        "passwort", "passwörter", "salasana", "schlüssel", "senha", "slaptažodis", "username", "usuario", "utilisateur",
        "wachtwoord", "şifre", "κωδικός", "имя", "пароль", "密码", "密碼", "パスワード", "비밀번호",
    ]
}
