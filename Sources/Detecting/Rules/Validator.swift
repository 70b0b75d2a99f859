internal import Documents

/// A check of a value that a pattern cannot express.
enum Validator: String, Hashable, Sendable, CaseIterable {
    /// The value contains a letter and a digit.
    case letterAndDigit
    /// The value was generated: it has at least sixteen bytes, no blank, a letter and a digit, and at least three bits
    /// of entropy per byte.
    case random
    /// The value is not a bare number of fewer than six digits, such as a port.
    case notNumber
    /// The value is not a name that every installation has, such as `www-data`.
    case notGenericName
    /// The value is not a common English word.
    case notCommonWord
    /// None of the value's words is a program's name, and not all of them are common English words.
    case notNamedAsProgram
    /// The value is no label that says what a machine does: neither a word for a service nor a common one.
    case notService
    /// The value is not the name of a well-known public service, such as `hetzner`.
    case notPublicService
    /// The value contains more than lower-case letters and dashes, so that it is not a single word of a sentence.
    case notWord
    /// The value is neither a public download bucket nor one from an example.
    case notPublicBucket
    /// The value ends in a top-level domain.
    case knownTopLevel
    /// The value has the correct check digits of an International Bank Account Number.
    case iban
    /// The value has the check digit of a payment card number, and is not a payment provider's test number.
    case cardNumber
    /// The value has the number of digits of a phone number with its area code, seven to fifteen.
    case phoneLength
    /// The value contains no day of a month with its year: `Oct 15, 2000`.
    case notDate
    /// The value is the base64 of a text with a colon, as in HTTP basic authentication.
    case basicCredentials
    /// The value is a list of bytes that look random, unlike well-known default keys and stand-ins, whose numbers are
    /// small.
    case byteList

    /// The requirement in one phrase, for the rule reference.
    var meaning: String {
        switch self {
        case .letterAndDigit: "it contains a letter and a digit"
        case .random: "it looks random, not like text"
        case .notNumber: "it is not a short number"
        case .notGenericName: "it is not a name that every installation has"
        case .notCommonWord: "it is not a common English word"
        case .notNamedAsProgram:
            "none of its words is the name of a program, and at least one is not a common English word"
        case .notService: "it is a name, not a word for what a machine does"
        case .notPublicService: "it is not the name of a well-known public service"
        case .notWord: "it is not just a lower-case word"
        case .notPublicBucket: "it is not a well-known public bucket"
        case .knownTopLevel: "it ends in a top-level domain"
        case .iban: "its check digits are correct"
        case .cardNumber: "its check digit is correct, and it is not a well-known test number"
        case .phoneLength: "it has seven to fifteen digits"
        case .notDate: "it contains no date"
        case .basicCredentials: "it is the base64 of a text with a colon"
        case .byteList: "it is a list of bytes that look random"
        }
    }

    /// Whether `value` passes.
    func accepts(_ value: [UInt8]) -> Bool {
        switch self {
        case .letterAndDigit:
            value.contains(where: ByteSet.letters.contains) && value.contains(where: ByteSet.digits.contains)
        case .random:
            value.count >= 16 && !value.contains(where: ByteSet.space.contains)
                && value.contains(where: ByteSet.letters.contains)
                && value.contains(where: ByteSet.digits.contains)
                && Self.entropy(of: value) >= 3 && !Self.isOfWords(value)
        case .notNumber: value.count >= 6 || !value.allSatisfy(ByteSet.digits.contains)
        case .notGenericName: !WordLists.builtIn.isGenericName(String(decoding: value, as: UTF8.self))
        case .notCommonWord: !WordLists.builtIn.isCommonWord(String(decoding: value, as: UTF8.self))
        case .notNamedAsProgram:
            Self.isNoProgram(String(decoding: value, as: UTF8.self).split { " -_.".contains($0) }.map(String.init))
        case .notService: HostLabels.isName(String(decoding: value, as: UTF8.self))
        case .notPublicService:
            !ReservedValues.builtIn.isNameOfService(String(decoding: value, as: UTF8.self))
        case .notWord:
            !value.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "-") }
        case .notPublicBucket:
            // A bucket must not be named like an address, so an address after `s3://` belongs to a host.
            IPv4Address(value) == nil && !ReservedValues.builtIn.isPublicBucket(String(decoding: value, as: UTF8.self))
                && !ReservedValues.builtIn.isPublicService(String(decoding: value, as: UTF8.self))
        case .knownTopLevel: HostNameReader.isUnderKnownTopLevel(String(decoding: value, as: UTF8.self))
        case .iban: BankAccount.verifies(value)
        case .cardNumber: CardNumber.verifies(value)
        case .phoneLength: (7...15).contains(value.count(where: ByteSet.digits.contains)) && !Self.isDate(value)
        case .notDate: !Self.holdsDate(value)
        case .basicCredentials: Base64Codec.bytes(ofDigits: value[...])?.contains(UInt8(ascii: ":")) ?? false
        case .byteList: NumberList(value)?.isDrawn ?? false
        }
    }

    private static func isNoProgram(_ words: [String]) -> Bool {
        !words.contains(where: WordLists.builtIn.isGenericName)
            && !words.allSatisfy(WordLists.builtIn.isCommonWord)
    }

    /// Whether a value consists of words joined by dashes, underscores or dots, each possibly followed by a short
    /// number: `runtime-state-sha256`.
    private static func isOfWords(_ value: [UInt8]) -> Bool {
        let parts = value.split(omittingEmptySubsequences: false) { ByteSet("-_.").contains($0) }
        return parts.count > 1
            && parts.allSatisfy { part in
                let letters = part.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
                let digits = part.dropFirst(letters.count)
                return !letters.isEmpty && digits.count <= 3 && digits.allSatisfy(ByteSet.digits.contains)
                    && (digits.isEmpty || letters.count > 2 || letters.elementsEqual("v".utf8))
            }
    }

    /// Whether `value` starts with a date, `2024-01-31`.
    private static func isDate(_ value: [UInt8]) -> Bool {
        value.count >= 10 && value[4] == UInt8(ascii: "-") && value[7] == UInt8(ascii: "-")
            && [0, 1, 2, 3, 5, 6, 8, 9].allSatisfy { ByteSet.digits.contains(value[$0]) }
            && (value[0] == UInt8(ascii: "1") && value[1] == UInt8(ascii: "9") || value[0] == UInt8(ascii: "2"))
    }

    /// Whether `value` contains the name of a month, a day, and a comma with a year: `Oct 15, 2000`.
    private static func holdsDate(_ value: [UInt8]) -> Bool {
        let words = value.split(separator: UInt8(ascii: " "))
        return words.indices.dropLast(2).contains { start in
            let (day, year) = (words[start + 1].dropLast(), words[start + 2])
            return words[start + 1].last == UInt8(ascii: ",") && (1...2).contains(day.count) && year.count == 4
                && (day + year).allSatisfy(ByteSet.digits.contains) && isMonth(words[start])
        }
    }

    /// Whether a word is the English name of a month or its first letters.
    private static func isMonth(_ word: ArraySlice<UInt8>) -> Bool {
        let name = String(decoding: word.filter { $0 != UInt8(ascii: ".") }, as: UTF8.self).lowercased()
        return name.count > 2 && months.contains { $0 == name || $0.hasPrefix(name) && name.count <= 4 }
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    /// Returns the Shannon entropy of the bytes, in bits per byte.
    static func entropy(of value: [UInt8]) -> Double {
        guard !value.isEmpty else { return 0 }
        var counts = [Int](repeating: 0, count: 256)
        for byte in value { counts[Int(byte)] += 1 }
        let total = Double(value.count)
        return counts.reduce(0) { sum, count in
            guard count > 0 else { return sum }
            let share = Double(count) / total
            return sum - share * Self.log2(share)
        }
    }

    /// Returns the binary logarithm of a number in 0…1 to three digits, which suffices to compare entropies.
    private static func log2(_ number: Double) -> Double {
        var exponent = Double(number.exponent)
        var mantissa = number.significand
        var weight = 0.5
        for _ in 0..<12 {
            mantissa *= mantissa
            if mantissa >= 2 {
                mantissa /= 2
                exponent += weight
            }
            weight /= 2
        }
        return exponent
    }
}
