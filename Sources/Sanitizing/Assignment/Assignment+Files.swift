internal import Detecting
internal import Documents

extension Assignment {
    private func parameter(of replacement: Replacement) -> Int? {
        parameterOfSpelling[Spelling(value: replacement.value, bytes: replacement.bytes)]
            ?? parameterOfValue[replacement.value]
    }

    /// Plans the edits of one document.
    ///
    /// Stand-ins of an earlier run are replaced with themselves, so that their new places are recorded.
    ///
    /// - Parameters:
    ///   - document: the original.
    ///   - archive: the plan of the archive that it is in.
    ///   - replacements: what is replaced in it.
    ///   - inherited: the parameters of an earlier run.
    ///   - metadataByteCount: the number of metadata bytes to remove if it is an image.
    /// - Returns: the plan of the file.
    /// - Throws: ``SanitizingError`` `irreplaceable` if a value has no parameter.
    func file(
        for document: Document,
        in archive: SanitizePlan.File?,
        replacements: [Replacement],
        inherited: ParameterFile,
        metadataByteCount: Int?
    ) throws(SanitizingError) -> SanitizePlan.File {
        var file = SanitizePlan.File(
            source: document.path,
            path: document.path,
            edits: [],
            parameterOfEdit: [],
            standInsInPath: [],
            metadataByteCount: metadataByteCount,
            container: archive?.source
        )
        var inPath: [(span: Span, parameter: Int)] = []
        for replacement in replacements {
            guard let index = parameter(of: replacement) else {
                throw SanitizingError(.irreplaceable, at: document.path, "a value has no parameter")
            }
            let finding = scan.findings[replacement.finding]
            if let span = finding.pathSpan {
                inPath.append((span, index))
            } else if let location = replacement.location {
                file.edits.append(Edit(location, replacement: Array(parameters[index].standIn.utf8)))
                file.parameterOfEdit.append(index)
            }
        }
        for (index, parameter) in inherited.parameters.enumerated() {
            for place in parameter.places where place.path == document.path {
                if let span = place.pathSpan {
                    inPath.append((span, index))
                } else if let location = place.location, !file.edits.contains(where: { $0.location.mayTouch(location) })
                {
                    file.edits.append(Edit(location, replacement: Array(parameter.standIn.utf8)))
                    file.parameterOfEdit.append(index)
                }
            }
        }
        (file.path, file.standInsInPath) = rewrite(document.path, in: archive, standIns: inPath)
        return file
    }

    /// Returns the sanitized path of a file and the stand-ins in it.
    ///
    /// The path of an archived file begins with the sanitized path of its archive, whatever a scan finds in that part.
    private func rewrite(
        _ path: String,
        in archive: SanitizePlan.File?,
        standIns: [(span: Span, parameter: Int)]
    ) -> (path: String, places: [(span: Span, parameter: Int)]) {
        guard let archive else { return rewrite(path, standIns: standIns) }
        let prefix = Array((archive.source + PackedFiles.separator).utf8).count
        let inside = standIns.filter { $0.span.start >= prefix }.map { standIn in
            (Span(standIn.span.start - prefix, standIn.span.end - prefix), standIn.parameter)
        }
        let name = rewrite(String(decoding: Array(path.utf8)[prefix...], as: UTF8.self), standIns: inside)
        let container = archive.path + PackedFiles.separator
        let places = name.places.map { place in
            (Span(place.span.start + container.utf8.count, place.span.end + container.utf8.count), place.parameter)
        }
        return (container + name.path, places)
    }

    /// Returns the path that a file would have in the sanitized tree.
    func sanitizedPath(_ path: String, findings: [Int]) -> String {
        var inPath: [(span: Span, parameter: Int)] = []
        var end = 0
        for index in findings {
            guard let span = scan.findings[index].pathSpan, span.start >= end else { continue }
            let value = representatives.representative(ofFinding: index)
            let spelling = Spelling(value: value, bytes: Array(Array(path.utf8)[span.range]))
            guard let parameter = parameterOfSpelling[spelling] ?? parameterOfValue[value] else { continue }
            end = span.end
            inPath.append((span, parameter))
        }
        return rewrite(path, standIns: inPath).path
    }

    private func rewrite(
        _ path: String,
        standIns: [(span: Span, parameter: Int)]
    ) -> (path: String, places: [(span: Span, parameter: Int)]) {
        let bytes = Array(path.utf8)
        var result: [UInt8] = []
        var places: [(span: Span, parameter: Int)] = []
        var position = 0
        for (span, parameter) in standIns.sorted(by: { $0.span < $1.span }) where span.start >= position {
            result += bytes[position..<span.start]
            let standIn = Array(parameters[parameter].standIn.utf8)
            places.append((Span(result.count, result.count + standIn.count), parameter))
            result += standIn
            position = span.end
        }
        result += bytes[position...]
        return (String(decoding: result, as: UTF8.self), places)
    }
}

extension Location {
    /// Whether two places may share bytes.
    fileprivate func mayTouch(_ other: Location) -> Bool {
        for (mine, others) in zip(steps, other.steps) where mine.span != others.span {
            return mine.span.overlaps(others.span)
        }
        return true
    }
}
