import TestKit
import Testing

/// Containers that tests collect.
enum ContainerSample {
    /// Four services in the shape of docker-jitsi-meet; the engine has no bridge, so that they share the machine's
    /// network or none.
    private static let compose = """
        version: '2.4'
        services:
          web:
            image: jitsi/web:stable-4384-1
            network_mode: none
            restart: always
            volumes:
              - ${CONFIG}/web:/config
            environment:
              - PUBLIC_URL
              - LETSENCRYPT_EMAIL
              - MOTTO
            labels:
              org.wren.owner: ada
            cap_add: [NET_ADMIN]
            stop_signal: SIGINT
          prosody:
            image: jitsi/prosody:stable-4384-1
            network_mode: none
            volumes:
              - ${CONFIG}/prosody:/config
              - spool:/var/spool
            environment: [JVB_AUTH_PASSWORD, JICOFO_AUTH_PASSWORD, LOG=info]
            expose: ['5222']
          jicofo:
            image: jitsi/jicofo:stable-4384-1
            network_mode: none
            volumes: ['${CONFIG}/jicofo:/config:ro']
            environment: [JICOFO_AUTH_PASSWORD, LOG=debug]
            depends_on: [prosody]
            entrypoint: ["/bin/sh", "-c"]
            command: ["exec /bin/busybox sleep 1000 # $$HOME"]
          jvb:
            image: jitsi/jvb:stable-4384-1
            network_mode: none
            user: "1000:1000"
            tmpfs: /run
            read_only: true
            mem_limit: 64m
            volumes: ['${CONFIG}/jvb:/config']
            environment: [JVB_AUTH_PASSWORD, DOCKER_HOST_ADDRESS]
        volumes:
          spool:

        """

    /// Starts them as the project `meet`.
    static func arrange(_ engine: PrivateEngine) throws {
        for service in ["web", "prosody", "jicofo", "jvb"] {
            try engine.makeImage(
                "jitsi/\(service):stable-4384-1",
                changes: [
                    #"CMD ["/bin/busybox", "sleep", "1000"]"#, "ENV IMAGE_SETTING=of-the-image",
                    "LABEL maintainer=nobody",
                    "EXPOSE 80",
                ]
            )
            try engine.folder.write("name = \(service)\n", to: "cfg/\(service)/\(service).conf")
        }
        try engine.folder.write("-----BEGIN-----\n", to: "cfg/web/keys/key.pem")
        try engine.folder.write(compose, to: "project/docker-compose.yml")
        try engine.folder.write(
            """
            CONFIG=\(engine.folder.path)/cfg
            PUBLIC_URL=https://meet.wren.test
            LETSENCRYPT_EMAIL=ada@wren.test
            MOTTO='Grün $ecret # "quoted"'
            JVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0
            JICOFO_AUTH_PASSWORD=f1af1b4097ffa98cb57ef14c52357d9a
            DOCKER_HOST_ADDRESS=245.35.72.19

            """,
            to: "project/.env"
        )
        let up = try engine.shell("docker-compose -p meet up -d", in: engine.folder.path + "/project")
        #expect(up.status == 0, Comment(rawValue: up.said))
        _ = try engine.shell("docker exec meet_prosody_1 /bin/busybox sh -c 'echo mail > /var/spool/one'")
    }
}
