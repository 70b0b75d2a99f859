import Foundation
import TestKit

/// A stand-in of Google's API on the loopback, for the real gcloud: rules in two pages, a quota that is used up, a slow
/// list of disks.
final class CloudStandIn {
    private let folder: TemporaryFolder
    private let server = Process()
    private var port = ""

    private static let gcloud = PrivateEngine.find("gcloud")
    private static let python = PrivateEngine.find("python3")
    static var isAvailable: Bool { gcloud != nil && python != nil }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(Self.program, to: "server.py")
        try folder.write("token\n", to: "token")
        server.executableURL = URL(fileURLWithPath: Self.python ?? "")
        server.arguments = [folder.path + "/server.py", folder.path]
        try server.run()
        for _ in 0..<100 where port.isEmpty {
            usleep(50_000)
            port = String(decoding: (try? folder.read("port")) ?? [], as: UTF8.self)
        }
    }

    func stop() {
        // It has inherited a mask that holds back SIGTERM, as every program has that a dispatch thread starts.
        kill(server.processIdentifier, SIGKILL)
        server.waitUntilExit()
    }

    /// What makes gcloud speak to it, without a login.
    var variables: [String: String] {
        let address = "http://127.0.0.1:\(port)/"
        return [
            "CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE": address + "compute/v1/",
            "CLOUDSDK_API_ENDPOINT_OVERRIDES_DEPLOYMENTMANAGER": address,
            "CLOUDSDK_API_ENDPOINT_OVERRIDES_DNS": address,
            "CLOUDSDK_AUTH_ACCESS_TOKEN_FILE": folder.path + "/token", "CLOUDSDK_CONFIG": folder.path + "/config",
            "SOURCE_DATE_EPOCH": "1767225600",
            "PATH": Tool.products + ":/usr/local/bin:/usr/bin:/bin",
        ]
    }

    /// The requests so far: method and path.
    var requests: [String] {
        get throws {
            String(decoding: try folder.read("requests"), as: UTF8.self).split(separator: "\n").map(String.init)
        }
    }

    private static let program = #"""
        import http.server, json, os, sys, time
        place = sys.argv[1]
        base = 'https://www.googleapis.com/compute/v1/projects/wren-meet-1'

        def rule(name):
            return {'kind': 'compute#firewall', 'name': name, 'network': base + '/global/networks/default', 'priority': 1000,
                    'direction': 'INGRESS', 'allowed': [{'IPProtocol': 'tcp', 'ports': ['443']}], 'sourceRanges': ['0.0.0.0/0'],
                    'selfLink': base + '/global/firewalls/' + name}

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *arguments):
                pass

            def answer(self):
                with open(place + '/requests', 'a') as log:
                    log.write(self.command + ' ' + self.path + '\n')
                path = self.path.split('?')[0]
                if path.endswith('/global/firewalls'):
                    if 'pageToken=two' in self.path:
                        return 200, {'kind': 'compute#firewallList', 'items': [rule('second')]}
                    return 200, {'kind': 'compute#firewallList', 'items': [rule('first')], 'nextPageToken': 'two'}
                if path.endswith('/aggregated/instances'):
                    return 403, {'error': {'code': 403, 'message': 'Quota exceeded for quota metric Queries',
                                           'errors': [{'reason': 'rateLimitExceeded', 'message': 'Quota exceeded'}]}}
                zone = base + '/zones/us-central1-a'
                if path.endswith('/aggregated/instanceGroups'):
                    group = {'kind': 'compute#instanceGroup', 'name': 'bridges', 'size': 1, 'zone': zone,
                             'selfLink': zone + '/instanceGroups/bridges'}
                    return 200, {'items': {'zones/us-central1-a': {'instanceGroups': [group]}}}
                if path.endswith('/instanceGroups/bridges/listInstances'):
                    return 200, {'kind': 'compute#instanceGroupsListInstances',
                                 'items': [{'instance': zone + '/instances/bridge-1', 'status': 'RUNNING'}]}
                if path.endswith('/projects/wren-meet-1'):
                    return 200, {'kind': 'compute#project', 'name': 'wren-meet-1', 'selfLink': base}
                if path.endswith('/aggregated/disks'):
                    time.sleep(1)
                return 200, {'items': {} if '/aggregated/' in path else []}

            def do_GET(self):
                status, value = self.answer()
                body = json.dumps(value).encode()
                self.send_response(status)
                self.send_header('content-type', 'application/json')
                self.send_header('content-length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_PUT = do_DELETE = do_PATCH = do_GET

        server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        with open(place + '/port.new', 'w') as file:
            file.write(str(server.server_address[1]))
        os.rename(place + '/port.new', place + '/port')
        server.serve_forever()

        """#
}
