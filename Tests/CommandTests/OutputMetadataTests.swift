import Foundation
import TestKit
import Testing

/// What a file system knows about files beside their bytes: none of it is in a sanitized tree.
@Suite struct OutputMetadataTests {
    private static let programs = ["setfattr", "getfattr", "setfacl", "getfacl"]
    private static let areInstalled = programs.allSatisfy {
        FileManager.default.isExecutableFile(atPath: "/usr/bin/" + $0)
    }

    @Test(.enabled(if: areInstalled, "the programs of the packages attr and acl are not installed"))
    func isLeftBehind() throws {
        let folder = try TemporaryFolder()
        try folder.write("DB_PASSWORD=plover-57wren\n", to: "d/app/.env")
        try folder.write("#!/bin/sh\n", to: "d/app/run.sh")
        let tool = Tool(folder: folder.path)
        let made = try tool.shell(
            """
            set -e
            chmod 700 d/app/run.sh; chmod 604 d/app/.env; touch -d 2001-02-03 d/app/.env d/app
            setfattr -n user.author -v osprey d/app/.env && setfacl -m u:1234:rw d/app/.env
            scrubjay sanitize d --output clean --no-map
            """
        )
        // A file system without them has nothing to leave behind.
        if made.said.contains("Operation not supported") { return }
        try #require(made.status == 0, "\(made.said)")
        let seen = try tool.shell(
            """
            getfattr -R -m - -d clean; getfacl -R -s clean
            find clean -newermt 2002-01-01 -printf '%P %m\\n' | sort
            """
        )
        #expect(seen.text == " 755\napp 755\napp/.env 644\napp/run.sh 755\nparameters.json 644\n", "\(seen.text)")
    }
}
