import { fixedBackend, startAthenaFront } from "@turnaway/testing/athena-front";

// A front in a process of its own: what it takes is not the engine's. Prints its address.

const rows = Number(process.argv[2]);
const front = await startAthenaFront({
  looks: { queued: 0, running: 0 },
  backend: fixedBackend({
    columns: [
      { name: "srcaddr", type: "varchar" },
      { name: "dstaddr", type: "varchar" },
      { name: "dstport", type: "integer" },
      { name: "protocol", type: "integer" },
      { name: "records", type: "bigint" },
      { name: "packets", type: "bigint" },
      { name: "bytes", type: "decimal(38,0)" },
    ],
    rows: Array.from({ length: rows }, (_, i) => [
      `10.${i % 250}.${(i >> 8) % 250}.${i % 199}`,
      `10.0.${i % 90}.7`,
      443 + (i % 1000),
      6,
      i,
      i * 3,
      `${i * 1500}`,
    ]),
  }),
});
process.stdout.write(`${front.url}\n`);
