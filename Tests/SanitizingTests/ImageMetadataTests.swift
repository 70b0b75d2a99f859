import Testing

@testable import Sanitizing

@Suite struct ImageMetadataTests {
    /// What must not be left; invented.
    private static let secret = Array("Ada Wren, /home/ada/wren.png".utf8)

    private func holdsSecret(_ bytes: [UInt8]) -> Bool {
        bytes.indices.contains { bytes[$0...].starts(with: Self.secret) }
    }

    private func bigEndian(_ number: Int, _ count: Int) -> [UInt8] { number.littleEndianBytes(count).reversed() }

    // MARK: - PNG

    private func chunk(_ type: String, _ body: [UInt8]) -> [UInt8] {
        bigEndian(body.count, 4) + Array(type.utf8) + body + [1, 2, 3, 4]
    }

    private func png(_ extra: [UInt8] = []) -> [UInt8] {
        PNGImage.signature + chunk("IHDR", [UInt8](repeating: 1, count: 13)) + extra + chunk("IDAT", [9, 9, 9])
            + chunk("IEND", [])
    }

    @Test func aPNGLosesItsTexts() {
        let dirty = png(
            chunk("tEXt", Self.secret) + chunk("eXIf", Self.secret) + chunk("tIME", [0]) + chunk("iCCP", [0])
        )
        #expect(ImageMetadata.removed(from: dirty) == png())
        #expect(ImageMetadata.removed(from: png() + Self.secret) == png())
        #expect(ImageMetadata.removed(from: png(chunk("pHYs", [7]))) == png(chunk("pHYs", [7])))
    }

    // MARK: - JPEG

    private func segment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] {
        [0xFF, marker] + bigEndian(body.count + 2, 2) + body
    }

    private func jpeg(_ segments: [UInt8]) -> [UInt8] {
        [0xFF, 0xD8] + segments + segment(0xDB, [1, 2]) + segment(0xDA, [3]) + [
            0x11, 0xFF, 0x00, 0x22, 0xFF, 0xD3, 0x33,
        ]
            + segment(0xC4, [4]) + segment(0xDA, [5]) + [0x44, 0xFF, 0xD9]
    }

    private func exif(orientation: UInt8, isLittle: Bool) -> [UInt8] {
        func number(_ value: Int, _ count: Int) -> [UInt8] {
            isLittle ? value.littleEndianBytes(count) : bigEndian(value, count)
        }
        let padding = [UInt8](repeating: 0, count: 2)
        return Array("Exif\0\0".utf8) + Array((isLittle ? "II" : "MM").utf8) + number(42, 2) + number(8, 4)
            + number(2, 2)
            + number(0x010F, 2) + number(2, 2) + number(4, 4) + number(0, 4)
            + number(0x0112, 2) + number(3, 2) + number(1, 4) + number(Int(orientation), 2) + padding
            + number(0, 4) + Self.secret
    }

    @Test func aJPEGLosesEverythingBeside() throws {
        let jfif = Array("JFIF\0".utf8) + [1, 2, 0, 0, 1, 0, 1]
        let dirty =
            segment(0xE0, jfif + [1, 1, 9, 9, 9]) + segment(0xE1, exif(orientation: 1, isLittle: true))
            + segment(0xE1, Array("http://ns.adobe.com/xap/1.0/\0".utf8) + Self.secret) + segment(0xE2, Self.secret)
            + segment(0xED, Self.secret) + segment(0xFE, Self.secret) + segment(0xEE, Array("Adobe".utf8))
        let clean = try #require(ImageMetadata.removed(from: jpeg(dirty) + Self.secret))
        #expect(clean == jpeg(segment(0xE0, jfif + [0, 0]) + segment(0xEE, Array("Adobe".utf8))))
    }

    @Test(arguments: [true, false])
    func aJPEGStaysUpright(isLittle: Bool) throws {
        let clean = try #require(
            ImageMetadata.removed(from: jpeg(segment(0xE1, exif(orientation: 6, isLittle: isLittle))))
        )
        #expect(!holdsSecret(clean))
        let kept = segment(
            0xE1,
            Array("Exif\0\0MM".utf8) + [0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
        )
        #expect(clean == jpeg(kept))
        #expect(ImageMetadata.removed(from: clean) == clean)
    }

    // MARK: - The others

    @Test func aGIFLosesItsComments() {
        let start = Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0] + [1, 2, 3, 4, 5, 6]
        let comment: [UInt8] = [0x21, 0xFE, UInt8(Self.secret.count)] + Self.secret + [0]
        let loop: [UInt8] = [0x21, 0xFF, 11] + Array("NETSCAPE2.0".utf8) + [3, 1, 0, 0, 0]
        let other: [UInt8] = [0x21, 0xFF, 11] + Array("XMP DataXMP".utf8) + [1, 9, 0]
        let image: [UInt8] = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4C, 1, 0, 0x3B]
        #expect(
            ImageMetadata.removed(from: start + comment + loop + other + image + Self.secret) == start + loop + image
        )
    }

    @Test func aWebPLosesItsProfile() {
        func chunk(_ type: String, _ body: [UInt8]) -> [UInt8] {
            Array(type.utf8) + body.count.littleEndianBytes(4) + body + (body.count % 2 == 1 ? [0] : [])
        }
        func file(_ chunks: [UInt8]) -> [UInt8] {
            Array("RIFF".utf8) + (chunks.count + 4).littleEndianBytes(4) + Array("WEBP".utf8) + chunks
        }
        let dirty =
            chunk("VP8X", [0x2C, 0, 0, 0]) + chunk("ICCP", [1]) + chunk("VP8 ", [1, 2, 3]) + chunk("EXIF", Self.secret)
        let clean = chunk("VP8X", [0, 0, 0, 0]) + chunk("VP8 ", [1, 2, 3])
        #expect(ImageMetadata.removed(from: file(dirty)) == file(clean))
    }

    @Test func anIconIsPutTogetherAgain() {
        func icon(_ images: [[UInt8]]) -> [UInt8] {
            var directory: [UInt8] = [0, 0, 1, 0, UInt8(images.count), 0]
            var offset = 6 + 16 * images.count
            for image in images {
                directory +=
                    [16, 16, 0, 0, 1, 0, 32, 0] + image.count.littleEndianBytes(4) + offset.littleEndianBytes(4)
                offset += image.count
            }
            return directory + images.joined()
        }
        let bitmap: [UInt8] = [40, 0, 0, 0, 1, 2, 3]
        let dirty = icon([png(chunk("tEXt", Self.secret)), bitmap])
        #expect(ImageMetadata.removed(from: dirty) == icon([png(), bitmap]))
    }

    @Test func whatIsCutShortIsNoImage() {
        let whole = [png(chunk("tEXt", [1])), jpeg(segment(0xE1, exif(orientation: 6, isLittle: true)))]
        for image in whole {
            for end in 0..<image.count { #expect(ImageMetadata.removed(from: Array(image[..<end])) == nil, "\(end)") }
        }
    }
}
