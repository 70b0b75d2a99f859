internal import Documents

// From a trigger that vectorscan has found to the claims about the text around it.
extension DocumentDetector {
    /// Emits the claims of an anchor or a shape that mean the same whether or not the structure of the text is read.
    ///
    /// - Parameters:
    ///   - number: the trigger.
    ///   - end: the end of its match.
    ///   - layer: the layer of the text.
    ///   - text: the text.
    ///   - last: the start of the last value of each shape, so that each value is claimed once; -1 if there is none.
    mutating func emitClaims(
        of number: Int,
        endingAt end: Int,
        layer: Int,
        in text: [UInt8],
        behind last: inout [Int]
    ) {
        switch index.triggers[number] {
        case .keyWord, .escape: return
        case .anchor(let rule, let count, let hasTail):
            let anchor = Span(end - count, end)
            guard !hasTail || names.anchors.mayMatch(number, of: rule, at: anchor.range, in: text),
                let match = read(rule: rule, anchor: anchor, in: text)
            else { return }
            emit(Claim(rule: rule, layer: layer, text: text, match: match))
            if index.rules[rule].hasOperands { emitOperands(of: rule, behind: match, layer: layer, in: text) }
        case .shape(.loginTable, let rule): readLogins(endingAt: end, layer: layer, rule: rule)
        case .shape(let shape, let rule) where shape == .privateKey || shape == .certificate:
            emitBody(of: shape, rule: rule, behind: end, layer: layer, in: text)
        case .shape(let shape, let rule):
            guard let span = read(shape, rule: rule, endingAt: end, in: text), span.start > last[shape.number]
            else { return }
            last[shape.number] = span.start
            emit(Claim(rule: rule, layer: layer, text: text, span: span))
        }
    }

    // MARK: - Patterns

    /// Returns the match of the rule's pattern around an anchor.
    mutating func read(rule number: Int, anchor: Span, in text: [UInt8]) -> Pattern.Match? {
        guard let pattern = index.rules[number].pattern, names.scope.isAbout(number) else { return nil }
        var abandoned = false
        defer { if abandoned { detection.abandoned.insert(number) } }
        if index.rules[number].fromLineStart {
            var start = anchor.start
            while start > 0, text[start - 1] != UInt8(ascii: "\n"), anchor.start - start < 256 { start -= 1 }
            return pattern.match(text, at: start, &abandoned)
        }
        let start = max(0, anchor.start - index.rules[number].reach)
        return pattern.match(text, from: start, through: anchor.start, &abandoned)
    }

    /// Emits the further operands of a command that the rule's pattern would also match as the first operand.
    mutating func emitOperands(of rule: Int, behind match: Pattern.Match, layer: Int, in text: [UInt8]) {
        let operands = CommandOperands(text, isProse: !traits.isShell && !traits.isProgram)
        let command = text[match.whole.start..<match.value.start]
        for span in operands.spans(behind: match.value) {
            let alone = Array(command) + text[span.range] + [UInt8(ascii: "\n")]
            guard let found = index.rules[rule].pattern?.match(alone, at: 0),
                found.value == Span(command.count, command.count + span.count)
            else { continue }
            emit(Claim(rule: rule, layer: layer, text: text, span: span))
        }
    }

    // MARK: - Shapes

    /// Emits the body of the private key or certificate whose first line begins at `end`: as a whole, or line by line.
    mutating func emitBody(of shape: Rule.Shape, rule: Int, behind end: Int, layer: Int, in text: [UInt8]) {
        let wants = shape == .privateKey ? PEMReader.holdsSecret : { $0 == "CERTIFICATE" }
        let body = PEMReader(text: text).body(behind: end, where: wants)
        if shape == .certificate, CertificateNames(base64: body.flatMap { text[$0.range] }).namesNobody { return }
        for span in body { emit(Claim(rule: rule, layer: layer, text: text, span: span)) }
    }

    mutating func read(_ shape: Rule.Shape, rule: Int, endingAt end: Int, in text: [UInt8]) -> Span? {
        switch shape {
        case .ipv4: return AddressReader(text: text).ipv4(around: end - 1)
        case .ipv6: return AddressReader(text: text).ipv6(around: end - 1)
        case .mac: return AddressReader(text: text).mac(endingAt: end)
        case .phone: return AddressReader(text: text).phone(at: end - 2)
        case .email: return EmailReader(text: text).email(around: end - 2)
        case .hostDomain: return EmailReader(text: text, memory: names.hosts).domain(around: end - 2)
        case .urlHost: return HostNameReader(text: text, memory: names.hosts).domain(ofURLWithHostAt: end - 1)
        case .bareHost:
            let reader = HostNameReader(text: text, memory: names.hosts)
            // `.in` is in every other line of a program. Most words are not hosts, so the cheap checks come first.
            guard end == text.count || !ByteSet.alphanumerics.contains(text[end]),
                !reader.isNamedAsHost(endingAt: end, inBatch: traits.isBatch),
                let domain = reader.domain(ofHostEndingAt: end, inProgram: traits.isProgram),
                !reader.isMember(endingAt: end, in: traits.notation)
            else { return nil }
            // In binary data, a few letters and a dot occur by chance.
            return isBinary && (domain.count < 8 || HostNameReader.endsInWord(text[domain.range])) ? nil : domain
        case .privateHost:
            let reader = HostNameReader(text: text)
            guard let host = reader.privateHost(endingAt: end, inProgram: traits.isProgram),
                !reader.isMember(endingAt: end, in: traits.notation)
            else { return nil }
            return host
        case .loginName: return EmailReader(text: text).loginName(around: end - 2)
        case .certificateName:
            let body = PEMReader(text: text).body(behind: end, where: PEMReader.holdsNames)
            let base64 = body.flatMap { text[$0.range] }
            if !base64.isEmpty {
                detection.evidence += CertificateNames(base64: base64).evidence(by: index.rules[rule])
            }
            return nil
        case .reverseName:
            if let name = ReverseName(endingAt: end, in: text) {
                let rule = index.rules[rule]
                detection.evidence.append(
                    KnownValue(name.address, kind: name.kind, rule: rule.id, confidence: rule.confidence)
                )
            }
            return nil
        // Their bodies may be in several places.
        case .privateKey, .certificate: return nil
        // They are about more than one place.
        case .secretManifest, .secretFile, .loginTable, .loginTableName, .resourceName: return nil
        }
    }
}
