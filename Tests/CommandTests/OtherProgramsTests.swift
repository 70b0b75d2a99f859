import Foundation
import TestKit
import Testing

/// What other programs make of a bundle, and Scrubjay of what they make.
@Suite struct OtherProgramsTests {
    private let folder: TemporaryFolder
    private let tool: Tool

    init() throws {
        folder = try TemporaryFolder()
        tool = Tool(folder: folder.path, environment: ["SOURCE_DATE_EPOCH": "1767225600", "ROOT": Repository.root])
        let long = String(repeating: "folder/", count: 25)
        for path in [".env", "\(long)file", "Zürich/日本", String(repeating: "n", count: 200), "empty", "run.sh"] {
            try folder.write(path == "empty" ? "" : "contents of \(path)\n", to: "tree/" + path)
        }
        try folder.write(
            "{\n  \"schema\": 1,\n  \"parameters\": [],\n  \"omitted\": []\n}\n",
            to: "tree/parameters.json"
        )
        let made = try tool.shell(
            """
            set -e
            chmod 755 tree/run.sh
            scrubjay keygen --output own --no-password
            for ending in tar tar.gz tar.zst; do scrubjay bundle tree --output b.$ending --key own.key; done
            """
        )
        try #require(made.status == 0, "\(made.said)")
    }

    private static func has(_ program: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: "/usr/bin/" + program)
    }

    private func unpacks(_ command: String) throws {
        let run = try tool.shell(
            "mkdir out && \(command) && rm out/scrubjay.json && diff -r tree out && stat -c %a out/run.sh"
        )
        #expect(run.status == 0, "\(command): \(run.said)\(run.text)")
        #expect(run.text == "755\n")
        _ = try tool.shell("rm -rf out")
    }

    @Test(.enabled(if: has("tar"), "there is no GNU tar")) func tarUnpacksIt() throws {
        for ending in ["tar", "tar.gz"] { try unpacks("tar -C out -xf b.\(ending)") }
    }

    @Test(.enabled(if: has("tar") && has("zstd"), "there is no zstd")) func tarUnpacksZstandard() throws {
        try unpacks("tar -C out --zstd -xf b.tar.zst")
    }

    @Test(.enabled(if: has("bsdtar"), "libarchive-tools is not installed")) func bsdtarUnpacksIt() throws {
        for ending in ["tar", "tar.gz", "tar.zst"] { try unpacks("LC_ALL=C.UTF-8 bsdtar -C out -xf b.\(ending)") }
    }

    @Test(.enabled(if: has("bsdtar"), "libarchive-tools is not installed")) func bsdtarWritesTheSameBytes() throws {
        let run = try tool.shell(
            """
            set -e
            mkdir plain && cp -p tree/.env tree/empty tree/run.sh tree/parameters.json plain
            scrubjay bundle plain --output p.tar --key own.key >/dev/null
            mkdir unpacked && bsdtar -C unpacked -xpf p.tar && cd unpacked
            # Where all names fit into a header, POSIX has no choice that is left to a program.
            bsdtar -n --format ustar --uid 0 --gid 0 --uname '' --gname '' --no-xattrs --no-acls --no-fflags -b 1 \
                -cf ../theirs.tar $(bsdtar -tf ../p.tar)
            cmp ../p.tar ../theirs.tar && echo same
            """
        )
        #expect(run.text == "same\n", "\(run.said)")
    }

    @Test(.enabled(if: has("gzip"), "there is no gzip")) func anotherCompressorIsTold() throws {
        let run = try tool.shell(
            """
            set -e
            mkdir again && gunzip < b.tar.gz | gzip -n2 > again/b.tar.gz
            cmp -s b.tar.gz again/b.tar.gz && echo "the same bytes, so that nothing is tried"
            minisign -S -s own.key -m again/b.tar.gz -t "$(sed -n 's/^trusted comment: //p' b.tar.gz.minisig)" >/dev/null
            scrubjay verify again/b.tar.gz --public-key own.pub --against tree | grep tree
            scrubjay verify b.tar.gz --public-key own.pub --against tree | grep tree
            echo more >> tree/.env
            ! scrubjay verify again/b.tar.gz --public-key own.pub --against tree
            """
        )
        #expect(run.status == 0, "\(run.said)")
        let packedAgain = "tree       identical to the bundle, except that another version of the compressor was used\n"
        #expect(run.text.hasPrefix(packedAgain + "tree       identical to the bundle\n"), "\(run.text)")
    }

    @Test(.enabled(if: has("strace"), "strace is not installed")) func checkingAsksNobodyAndWritesNothing() throws {
        let run = try tool.shell(
            """
            set -e
            # The compiled rules come into the user's cache once; other tests would drive them out of a common one.
            export XDG_CACHE_HOME="$PWD/cache"
            scrubjay verify b.tar.zst --public-key own.pub >/dev/null
            strace -f -qq -o calls -e trace=network,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat \
                scrubjay verify b.tar.zst --public-key own.pub >/dev/null
            grep -c O_RDONLY calls >/dev/null
            grep -vE "O_RDONLY|resumed" calls || echo nothing
            """
        )
        #expect(run.text == "nothing\n", "\(run.said)\(run.text)")
    }

    @Test(.enabled(if: has("python3"), "there is no Python")) func pythonUnpacksIt() throws {
        for ending in ["tar", "tar.gz"] { try unpacks("LC_ALL=C.UTF-8 python3 -m tarfile -e b.\(ending) out") }
    }

    @Test(.enabled(if: has("python3"), "there is no Python")) func theSecondImplementationAgrees() throws {
        let check = "python3 \"$ROOT/scripts/check-bundle.py\""
        for ending in ["tar", "tar.gz"] {
            let run = try tool.shell(
                "\(check) b.\(ending) b.\(ending).minisig; scrubjay verify b.\(ending) --public-key own.pub"
            )
            #expect(run.status == 0, "\(run.said)")
            let identities = run.text.split(separator: "\n").filter { $0.contains("blake2b-256:") }.map {
                $0.suffix(64)
            }
            #expect(identities.count == 2 && identities.first == identities.last)
        }
        // What other programs write of the same files is no bundle, for both.
        let foreign = try tool.shell(
            """
            tar -C tree --sort=name --owner=0 --group=0 --mtime=@1767225600 -cf foreign.tar .
            \(check) foreign.tar; echo $?
            minisign -S -s own.key -m foreign.tar -t "$(printf 'timestamp:1767225600\\tfile:foreign.tar\\thashed\\ttar:blake2b-256:%s' \
                "$(b2sum -l 256 foreign.tar | cut -d' ' -f1)")" >/dev/null
            scrubjay verify foreign.tar --public-key own.pub; echo $?
            """
        )
        #expect(foreign.text == "1\n1\n", "\(foreign.said)")
    }

    @Test(.enabled(if: has("python3"), "there is no Python")) func bothRefuseTheSame() throws {
        // Every 97th byte of the tar is changed, and the result signed: what one refuses the other refuses, too.
        let program = """
            import hashlib, subprocess, sys
            tar = open("b.tar", "rb").read()
            for position in range(3, len(tar), 97):
                changed = bytearray(tar)
                changed[position] ^= 1 << (position % 8)
                open("c.tar", "wb").write(changed)
                comment = "timestamp:1767225600\\tfile:c.tar\\thashed\\ttar:blake2b-256:"
                comment += hashlib.blake2b(changed, digest_size=32).hexdigest()
                subprocess.run(["minisign", "-S", "-s", "own.key", "-m", "c.tar", "-t", comment], check=True, capture_output=True)
                ours = subprocess.run(["scrubjay", "verify", "c.tar", "--public-key", "own.pub"], capture_output=True)
                theirs = subprocess.run([sys.executable, sys.argv[1], "c.tar", "c.tar.minisig"], capture_output=True)
                if ours.returncode != theirs.returncode:
                    print(position, ours, theirs)
            """
        try folder.write(program, to: "compare.py")
        let run = try tool.shell("python3 compare.py \"$ROOT/scripts/check-bundle.py\"")
        #expect(run.status == 0, "\(run.said)")
        #expect(run.text.isEmpty, "\(run.text)")
    }

    @Test(.enabled(if: has("python3"), "there is no Python")) func bothRefuseTheSameNames() throws {
        // The second implementation writes bundles of one file, with names at the borders of the rules.
        let program = """
            import hashlib, importlib.machinery, importlib.util, subprocess, sys
            sys.dont_write_bytecode = True
            loader = importlib.machinery.SourceFileLoader("second", sys.argv[1])
            second = importlib.util.module_from_spec(importlib.util.spec_from_loader("second", loader))
            loader.exec_module(second)
            parameters = b'{\\n  "schema": 1,\\n  "parameters": [],\\n  "omitted": []\\n}\\n'
            invisible = ["\\x7f", "\\x85", "\\xad", "\\u061c", "\\u200b", "\\u200d", "\\u202e", "\\u2028", "\\u2060", "\\ufeff", "\\U000e0041"]
            names = ["a" + mark + "b" for mark in invisible + ["\\xa0", "\\u3000", "\\u0301", "\\u0338", "\\xe9", "\\U0001f426", ":", "\\\\"]]
            names += ["con", "Con.txt", "con .txt", "cone", "com\\xb9.log", "conout$", "a.", "a ", ".a", "a/../b", "a//b", "/a", "x" * 255, "x" * 256]
            names += ["/".join("d" * depth) for depth in (64, 65)] + ["x" * 90 + "/" + "y" * 100, "x" * 160 + "/" + "y" * 100]
            accepted = 0
            for name in names:
                files = sorted([(name, b""), ("parameters.json", parameters)], key=lambda file: file[0].encode())
                listed = [dict(path=path, mode="0644", size=len(data), sha256=hashlib.sha256(data).hexdigest()) for path, data in files]
                manifest = dict(schema=1, name="b", version="1", released=1767225600, files=listed)
                tar = b""
                for path, data in [("scrubjay.json", second.canonical_json(manifest))] + files:
                    tar += second.member_header(path, 0o644, len(data), 1767225600) + data + second.padding(len(data))
                tar += bytes(1024)
                open("n.tar", "wb").write(tar)
                comment = "timestamp:1767225600\\tfile:n.tar\\thashed\\ttar:blake2b-256:"
                comment += hashlib.blake2b(tar, digest_size=32).hexdigest()
                subprocess.run(["minisign", "-S", "-s", "own.key", "-m", "n.tar", "-t", comment], check=True, capture_output=True)
                ours = subprocess.run(["scrubjay", "verify", "n.tar", "--public-key", "own.pub"], capture_output=True)
                theirs = subprocess.run([sys.executable, sys.argv[1], "n.tar", "n.tar.minisig"], capture_output=True)
                accepted += ours.returncode == 0
                if ours.returncode != theirs.returncode:
                    print(ascii(name), ours, theirs)
            print(accepted, "of", len(names))
            """
        try folder.write(program, to: "names.py")
        let run = try tool.shell("python3 names.py \"$ROOT/scripts/check-bundle.py\"")
        #expect(run.status == 0, "\(run.said)")
        #expect(run.text == "11 of 37\n", "\(run.text)")
    }

    @Test(.enabled(if: has("signify-openbsd"), "signify is not installed")) func signifyReadsLegacySignatures() throws {
        let run = try tool.shell(
            """
            set -e
            comment=$(sed -n 's/^trusted comment: //p' b.tar.minisig)
            minisign -S -l -s own.key -m b.tar -x legacy.minisig -t "$comment" >/dev/null
            signify-openbsd -V -p own.pub -x legacy.minisig -m b.tar >/dev/null
            scrubjay verify b.tar --signature legacy.minisig --public-key own.pub --accept-legacy >/dev/null
            signify-openbsd -G -n -p theirs.pub -s theirs.sec
            signify-openbsd -S -s theirs.sec -m b.tar -x bare.sig
            """
        )
        #expect(run.status == 0, "\(run.said)\(run.text)")
        // signify's own signatures say nothing about the file, and are none of a bundle.
        let bare = try tool.shell("scrubjay verify b.tar --signature bare.sig --public-key theirs.pub --accept-legacy")
        #expect(bare.status == 1, "\(bare.said)")
    }
}
