internal import Documents

/// Recognises what a program shows beside a field, which stands under the name of a secret in its translations:
/// `"password": "Passwort"`, `forgot_password: Forgot your password?`.
enum Label {
    /// Whether a value is a label or a sentence about a secret rather than one.
    ///
    /// - Parameters:
    ///   - value: the value.
    ///   - isInTranslation: whether its file is named after a language.
    /// - Returns: whether it is no secret.
    static func isOne(_ value: [UInt8], isInTranslation: Bool) -> Bool {
        guard (4...200).contains(value.count), !value.contains(where: ByteSet.digits.contains),
            value.allSatisfy({ ByteSet.letters.contains($0) || $0 >= 0x80 || marks.contains($0) })
        else { return false }
        let text = String(decoding: value, as: UTF8.self)
        let words = text.lowercased().split { !$0.isLetter }
        let namesSecret = words.contains { fields.contains(String($0)) }
        let isCapital = text.first?.isUppercase == true
        if isInTranslation { return namesSecret || words.count > 2 && isCapital }
        guard namesSecret, words.count > 1, isCapital else { return false }
        // A passphrase has no full stop, and rarely begins with a capital and says what it is.
        return words.count < 5 || text.last == "."
    }

    /// Whether a file is named after a language: `de.json`, `en-us.yml`, `messages_pl.properties`, all in lower case.
    static func isTranslation(named name: String, fileExtension: String) -> Bool {
        guard extensions.contains(fileExtension) else { return false }
        let words = name.dropLast(fileExtension.utf8.count + 1).split { "_-.".contains($0) }
        guard let last = words.last, let first = words.first, words.count < 4 else { return false }
        if languages.contains(String(first)) { return words.count < 3 }
        return languages.contains(String(last)) && texts.contains(String(first))
    }

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
        "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "gl", "he", "hi", "hr",
        "hu",
        "id", "it", "ja", "ko", "lt", "lv", "nb", "nl", "nn", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th",
        "tr",
        "uk", "vi", "zh",
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
