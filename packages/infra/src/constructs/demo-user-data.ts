/** Port that the demo answers on. */
export const DEMO_PORT = 8080;

/** Knocks at SSH and at the demo's port for ever. @param answerer address of the other host */
export function askingUserData(answerer: string): string {
  return service("turnaway-asker", [
    "while true; do",
    `  for port in 22 ${DEMO_PORT}; do`,
    `    timeout 3 bash -c "exec 3<>/dev/tcp/${answerer}/$port"`,
    "  done",
    "  sleep 20",
    "done",
  ]);
}

/** Answers on the demo's port, with an empty folder. */
export function answeringUserData(): string {
  return service("turnaway-answerer", [
    "mkdir -p /srv/empty",
    `exec python3 -m http.server ${DEMO_PORT} --directory /srv/empty`,
  ]);
}

// A service, since user data runs at the first start alone.
function service(name: string, script: readonly string[]): string {
  return [
    "#!/bin/bash",
    `cat > /usr/local/bin/${name} <<'SCRIPT'`,
    "#!/bin/bash",
    ...script,
    "SCRIPT",
    `chmod 755 /usr/local/bin/${name}`,
    `cat > /etc/systemd/system/${name}.service <<'UNIT'`,
    "[Service]",
    `ExecStart=/usr/local/bin/${name}`,
    "Restart=always",
    "[Install]",
    "WantedBy=multi-user.target",
    "UNIT",
    `systemctl enable --now ${name}.service`,
    "",
  ].join("\n");
}
