import Documents
import Testing

@testable import Detecting

/// Texts of real deployments, retold, in which something was taken for a value of the owner.
@Suite struct FalseAlarmTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 3, count: 32))

    private func check(_ path: String, _ text: String) {
        let result = Self.scanner.scan([Document(path: path, bytes: Array(text.utf8))])
        let found = result.findings.indices.map {
            "\(result.findings[$0].rule): \(String(decoding: result.value(ofFinding: $0).bytes, as: UTF8.self))"
        }
        #expect(found.isEmpty)
    }

    @Test(arguments: [
        ("README.md", "mysql -u root -p auk_db < sql/schema.sql\nmysqldump -uroot -p auk_db > x\n"),
        ("deploy.sh", "mysql -h db -u root -p aukdb < schema.sql\n"),
        ("Dockerfile", "#   podman run --rm -v \"$PWD:/work:Z\" -w /work \\\n"),
        (
            "a.sh",
            "systemctl --user is-active \"$svc.service\"\nsystemctl --user integration\njournalctl --user unit\n"
        ),
        (
            "a.md",
            "- Maintainability: ✅ systemd --user integration working perfectly\n4. Start it: `systemctl --user start authelia.service` (creates)\n"
        ),
        (
            "b.sh",
            "RD_PW=\"$(in_ct sh -c \"sed -n 's/^ROCK_ADMIN_PASSWORD=//p' $CRED_FILE 2>/dev/null\" || true)\"\nP=\"$(sed -n 's/^auk\\.config\\.password=//p' f)\"\nRD_TOKEN=\"$(in_ct sh -c \"sed -n 's/^ROCK_API_TOKEN=//p' $CRED_FILE 2>/dev/null\" || true)\"\n"
        ),
        ("main.yml", "- shell: |\n    salt=\"$(printf '%s' \"$VW_TOKEN\" | sha256sum | cut -c1-32)\";\n"),
        (
            "c.sh",
            "X_SECRET=\"$(printf '%s' \"$J\" | sed -n 's/.*\"value\"[[:space:]]*:[[:space:]]*\"\\([^\"]*\\)\".*/\\1/p')\"\n[ -n \"$X_SECRET\" ] || die \"could not read the token secret out of the response\"\n  info \"minted — the secret is displayed once and is now held\"\nelse\n  info \"x\"\nfi\nX_SECRET=\"$(in_ct sed -n 's/^PROXMOX_API_TOKEN=//p' \"$_seed_env\")\"\n[ -z \"$X_SECRET\" ] \\\n    || info \"existing seed\"\ndone\n"
        ),
        ("audit.sh", "n=$(grep -c \"Secret=.*type=env\" \"$q\" 2>/dev/null || true)\n"),
        ("README.md", "  rd jobs load --project rock-infra-42 --format yaml --file \"$f\"\n"),
        ("README.md", "digest-pinned references (repo@sha256:...). every image (`tag@sha256:...`)\n"),
        (
            "lab-update",
            "latest=\"$(curl -sf https://api.github.com/repos/aukmaker/ntfy/releases/latest \\\n"
        ),
        ("README.md", "tower-cli receive --project auk-playbooks > x\n"),
        (
            "compose.yml",
            "services:\n  a:\n    healthcheck:\n      test: mariadb-admin ping --user=${MAIN_USER:-db} --password=${MAIN_PASSWORD:?x not set}\n"
        ),
        ("README.md", "$currentUser = ([Security.Principal.WindowsIdentity]::GetCurrent()).User\n"),
        (
            "postinstall.sh",
            "curl -H \"Authorization: Bearer Oracle\" -L http://169.254.169.254/opc/v2/instance/\n"
        ),
        ("Dockerfile.j2", "RUN x && sed -i \"/^%${SUDO_GROUP}/s/ALL\\$/NOPASSWD:ALL/g\" /etc/sudoers\n"),
    ])
    func whatACommandNames(path: String, text: String) { check(path, text) }

    @Test(arguments: [
        ("a.yml", "x: >-\n  {{ (((infra.domains | default({}))[estate] | default({})).x) }}\n"),
        (
            "tasks/main.yml",
            "- x: |\n    {{ {'pbs-password': k8s_pbs_password,\n        'api_key': item.value.app.api_key | default('')} }}\n- y: \"{{ z | combine({'api_token_secret': _env_token} if _env_token | length > 0 else {}) }}\"\n- w: >-\n    {{ d | combine({'a': {'api_token': _env_cf_token}}}}) }}\n- v: \"{{ d | combine({'signing_key': (list.json.results | first).pk}) }}\"\n- u: \"{{ {'consumer_secret': _ak_src_secrets[item.slug], 'x': 1} }}\"\n"
        ),
        (
            "x.yml",
            "- hosts: x\n  vars:\n    t: \"{{ hostvars[item.host].ansible_host | default(omit) }}\"\n    api_token: \"{{ hostvars[item.host].token | default(omit) }}\"\n"
        ),
        (
            "main.yml",
            "- x: \"{{ a | selectattr('tokenid', 'defined') | selectattr('secret', 'equalto', b) }}\"\n"
        ),
        (
            "main.yml",
            "- lineinfile:\n    regexp: '^ROCK_API_TOKEN='\n    api_key: \"{{ x | regex_search('<ApiKey>([^<]+)</ApiKey>', '\\\\1') }}\"\n- x: \"{{ y.content\n         | regex_search('<ApiKey>([^<]+)</ApiKey>', '\\\\1') }}\"\n"
        ),
        ("a.yml", "- shell: |\n    users = [u for u in collection.get(\"users\", [])\n"),
        (
            "inventory/proxmox.yml",
            "plugin: community.general.proxmox\ncompose:\n  ansible_host: x\nkeyed_groups:\n  - key: y\n"
        ),
        ("tasks/main.yml", "- uri:\n    url: \"{{ _base }}/Users/AuthenticateByName\"\n"),
        ("deploy/hosts-metal", "metal:\n  hosts:\n    192.0.2.42:\n      ansible_python_interpreter: auto\n"),
        ("rsyncd.conf.j2", "    hosts allow = 192.0.2.0/24 {{ ipv6.home }}\n"),
        ("tasks/main.yml", "- file:\n    path: \"{{ item.home }}/.local/share/x\"\n"),
        (
            "secrets.yaml.j2",
            "regza_password: '[% ha_regza.password %]'\ngmail_password: [% ha_gmail.password %]\nclient_secret: [% ha_client.secret %]\n"
        ),
        ("x.j2", "    --password '[% auk_enecoq.password %]' \\\nAPI_KEY=\"[% ha_unifi_api_key %]\"\n"),
        ("telegraf.conf", "[[outputs.x]]\n  token = \"@{docker_secretstore:influxdb_token}\"\n"),
        (
            "application.yaml",
            "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: x\nspec:\n  project: k8s-rock\n"
        ),
        (
            "a.yaml",
            "apiVersion: volsync.backube/v1alpha1\nkind: ReplicationSource\nspec:\n  restic:\n    username: volsync\n"
        ),
        (
            "Vagrantfile",
            "    a.vm.hostname = \"ubuntu-focal\"\n    b.vm.hostname = \"centos-7\"\n    c.vm.hostname = \"win10\"\n"
        ),
        (
            "c.yml",
            "- vars:\n    nomad_token: \"{{ block.stdout.split('\\n') }}\"\n    mounts: \"{{ block_volume_mounts.stdout.split('\\n') }}\"\n    t: \"{{ x | regex_replace('token: ', '') }}\"\n"
        ),
        ("a.js", "const token = $env.META_PAGE_TOKEN;\n"),
    ])
    func expressionsOfTemplates(path: String, text: String) { check(path, text) }

    @Test(arguments: [
        (
            ".env.example",
            "JWT_SECRET=change-this-to-a-long-random-string\nINTERNAL_API_KEY=change-this-for-internal-calls\n"
        ),
        ("a.py", "S = os.environ.get(\"ROCK_SESSION_SECRET\", \"change-this-local-secret\")\n"),
        (
            "notes.md",
            "- ADMIN_TOKEN=<argon2 hash; on first bootstrap, generate a random token and **print it**>\n"
        ),
        (
            "authorized_keys",
            "from=\"192.0.2.0/24\" sk-ssh-ed25519@openssh.com AAAAC3NzaC1lZDI1NTE5AAAAIKEXAMPLEPLACEHOLDERKEY3 user@yk3\n"
        ),
        ("a.toml", "smtp_password = \"app-specific-password\"  # Generated in Google Account settings\n"),
        ("README.md", "Environment=PASSWORD=hardcoded-value\n"),
        (
            "a.md",
            "Password hash: $argon2id$v=19$m=65536,t=3,p=4$BASE64SALT$BASE64HASH\n       password: $argon2id$v=19$m=65536,t=3,p=4$BASE64SALT$BASE64HASH\n"
        ),
        ("constants.example.h", "#define WIFI_SSID \"ssid\"\r\n"),
        (
            ".env.example",
            "FREEPBX_DB_PASS=secure-password-here\nFREEPBX_DB_ROOT_PASS=secure-root-password-here\n"
        ),
        ("README.md", "call +15551234567 or +1 (555) 123-4567\n"),
        ("CONTRACT.md", "| `proxmox.api_user` | required | |\n| `proxmox.api_user` | optional | |\n"),
        (
            "compose.yml",
            "services:\n  a:\n    environment:\n      S3_STORAGE_SECRET: ${S3_SECRET_ACCESS_KEY:?S3_SECRET_ACCESS_KEY not set}\n    command: x --login ${L:?L not set} --password ${ROCK_PASSWORD:?ROCK_PASSWORD not set}\n"
        ),
        (
            "README.md",
            "db.auth(\"root\", \"<current-password:.mongo.env:ROOT_PASSWORD>\")\npwd: \"<new-password:.env:DATABASE_PASSWORD>\",\n"
        ),
        (
            "compose.yml",
            "  #    - ROOT_PASS=examplerootpassword\n  #    - DB_PASS=examplepassword\n  #  hostname: example-db-host\n"
        ),
        (
            "ddclient.conf",
            "# password=my-namecheap.com-password\n# password=my-auto-generated-password\n"
        ),
        ("main.tf", "display_name     = \"Example Redis\"\n"),
        (
            "SETUP.md",
            "export BOX_URL=https://your.jitsi-box.url.com\nLINK=https://your.jitsi.meet.com/yourRoom\n"
        ),
        ("README.md", "backuppc_client_ssh_auth_key: \"ssh-rsa AAAA...== BackuppPC\"\n"),
        ("main.yml", "jicofo_auth_domain: \"auth.{{ environment_domain_name | default('domain.local') }}\"\n"),
    ])
    func placeholders(path: String, text: String) { check(path, text) }

    @Test(arguments: [
        ("a.container", "[Container]\nSecret=authelia_jwt_secret\nSecret=smtp_password,type=env\n"),
        ("a.md", "podman run --rm --secret crowdsec_api_key alpine true\n"),
        (
            "configuration.yml",
            "session:\n  secret: file:///run/secrets/authelia_session_secret\nencryption_key: file:///run/secrets/authelia_storage_key\n"
        ),
        (
            "styx.rb",
            "x = {\n 'influxdb.password' => secret('influxdb_password'),\n 'grafana.password' => secret('grafana_password'),\n}\n"
        ),
        (
            "values.yaml",
            "auth:\n  passwordExistingSecret: auk-rcon\n  existingSecret: driver-config\n  existingSecretName: rock-x\n  imagePullSecret: auk-pull\n  tlsSecret: auk-web\n"
        ),
    ])
    func namesOfSecrets(path: String, text: String) { check(path, text) }

    @Test(arguments: [
        ("README.md", "### Admin: Set Rates\n### Owner: Create Rooms\n"),
        ("a.js", "return { ok: false, error: 'Username: 3–64 chars, letters, numbers, _ . -' };\n"),
        ("app.js", "const t = {\n  'admin-users': 'Panel admins',\n};\n"),
        (
            "a.html",
            "<script>\nx.onclick=()=>{cat=b.dataset.cat; y.forEach(x=>x.setAttribute(\"a\", x.dataset.cat===cat)); e.placeholder=tr(e.dataset.ph)}\n</script>\n"
        ),
        ("x.py.template", "def f(module: dict, hostname: str | None = None) -> str:\n"),
        ("CLAUDE.md", "@AGENTS.md\n"),
        ("a.yml", "# event over engine.io long polling\nname: Engine.io opens the transport\n"),
        ("notes.md", "derives them from the contract: hostname = first label of `d`,\n"),
        (
            "t.sh",
            "python3 - <<'P'\nassert x == {\"hidePasswords\": False, \"manage\": True}, \"another member's grant was rewritten\"\nP\n"
        ),
        ("a.sh", "curl -d '{\n  \"groupKey\": \"{}/{severity=\\\"critical\\\"}:{alertname=\\\"X\\\"}\"\n}'\n"),
        ("notes.md", "- third-party clients cannot authenticate (Calendars.app, Contacts.app, etc.)\n"),
        ("a.md", "- ❌ **Security culture** - Implies passwords are \"good enough\" for some users\n"),
        ("a.md", "a dedicated passphraseless `ed25519` software key owned by the forge\n"),
        (
            "check.pl",
            "# Error: The controller identified by \"slot=attr_value_slot_unknown\" was not detected.\n"
        ),
        ("traefik.yml", "accessLog:\n  fields:\n    names:\n      ClientUsername: drop\n"),
        (
            "x.env",
            "globalSettings__sqlServer__connectionString=\"Data Source=tcp:mssql,1433;Initial Catalog=vault\"\n"
        ),
        ("config.yaml", "add_user: \"INSERT INTO `users`(`username`,`password`) VALUES (?,PASSWORD(?));\"\n"),
        ("Vagrantfile", "  ansible.vm.synced_folder Dir.home, \"/host_home\"\n"),
        (
            "devices.nix",
            "{ config, ... }:\nlet intranetCfg = config.infra.intranet;\nin {\n  options.infra.intranet.devices = x;\n  addr = infra.ipAddress deviceCfg.external.lan.ipv4;\n  v = [ intranetCfg.wireguard.internal.ipv4 ];\n}\n"
        ),
        (
            "Vagrantfile",
            "      \"AO_OAUTH_TOKEN\": ENV['AO_OAUTH_TOKEN'] || \"\"\n      bot_token: ENV[\"AO_BOT_TOKEN\"] || nil,\n"
        ),
        (
            "test_x.py",
            "    www_password = pytestconfig.getoption(\"www_password\")\n    cmd += [f\"--www-password={os.environ['AO_TEST_PASSWORD']}\"]\n"
        ),
        ("rundeck.yml", "  x: |\n    admin:BCRYPT:$2a$10$x,user,admin\n"),
        ("blocky.nix", "  EXECUTE format('ALTER ROLE ${u} WITH PASSWORD ''%s'';', password);\n"),
        ("README.md", "developed by 3 students from the **Paris Digital Lab** a program\n"),
        ("app.less", "@import \"~rsuite/styles/index.less\";\nimport x from '~aukui/x'\n"),
        (
            "telegraf.conf",
            "[[outputs.x]]\n  fieldpass = [\"usage_system*\", \"blocked\"]\n  namepass = [\"http*\"]\n  tagpass = { cpu = [\"cpu0\"] }\n"
        ),
        (
            "configure.yml",
            "- vars:\n    x:\n      - fieldpass: [\"agent_health\", \"TcpInSegs\"]\n        namepass: [\"signal*\", \"{{ t }}\"]\n"
        ),
        ("asap.lib.lua", "   self.signing_key = assert(f:read(\"*all\"), \"unable to read asap key\")\n"),
    ])
    func wordsOfTextsAndPrograms(path: String, text: String) { check(path, text) }

    @Test(arguments: [
        ("README.md", "See https://www.uscis.gov/citizenship and bia.gov for more.\n"),
        ("mk/a.mk", "PANDOC_VERSION := 3.9.0.2\n"),
        (
            "unbound.conf",
            "server:\n  forward-zone:\n    forward-addr: 185.95.218.42\n    forward-addr: 185.95.218.43\n"
        ),
        ("sources.yml", "#         consumer_key: \"1234.apps.googleusercontent.com\"   # the client id\n"),
        (
            "a.yaml",
            "#  source=ip-ranges.json createDate=2026-06-12-19-37-05 syncToken=1781293025 region=eu-west-1\n"
        ),
        (
            "home/x/.ssh/known_hosts",
            "github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n"
        ),
        ("apt-packages.txt", "login.defs=1:4.17.4-2\npasswd=1:4.17.4-2\nbase-passwd=3.6.7\n"),
        (
            "main.yml",
            "src: https://chromedriver.storage.googleapis.com/80.0.3987.106/chromedriver_linux64.zip\n"
        ),
        (
            "README.md",
            "| # | Supplier | IP |\n|---|---|---|\n| 1 | Vultr | 192.0.2.46 |\n| 2 | Hetzner | 192.0.2.196 |\n| 3 | OVH | 192.0.2.223 |\n"
        ),
        (
            "compose.yml",
            "# https://auksoft.dev/documentation/install#docker-compose\n# https://docs.aukware.dev/setup/x\nservices: {}\n"
        ),
        (
            "prosody.yml",
            "trusted:\n - \"103.21.244.0/22\"\n - \"2400:cb00::/32\"\n - \"2606:4700::/32\"\n - \"2c0f:f248::/32\"\n"
        ),
        ("juice.js", "eval(f('if(B){H.nz=ah(B);if(!H.nz&&aj.4N.1X(B)){1h.6h=[1h.jo]}}x=\\'a\\'+aD.fr+(e.nz?1:0)'))\n"),
        ("MIGRATION.md", "But `update-users-groups.pl:235-239` runs `chown`.\n"),
        (
            "compose.yml",
            "services:\n  game:\n    volumes:\n      - ./server.cfg:/home/steam/game/server.cfg:ro\n"
        ),
        ("main.tf", "content = \"${module.tunnel.tunnel_id}.cfargotunnel.com\"\n"),
    ])
    func versionsAndServices(path: String, text: String) { check(path, text) }
}
