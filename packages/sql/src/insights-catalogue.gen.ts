// Made by `pnpm generate` from the .insights files of this package. Do not edit.
import type { InsightsFile } from "./insights-file.ts";

export const INSIGHTS_FILES: readonly InsightsFile[] = [
  {
    "name": "accepted_vs_rejected",
    "what": "Accepted against rejected over time, as logged.",
    "grain": "one row per hour that has traffic",
    "order": "hour",
    "columns": {
      "hour": {
        "type": "integer",
        "merge": "key",
        "what": "start of the hour, Unix seconds"
      },
      "accepted_records": {
        "type": "integer",
        "merge": "sum",
        "what": "records let through"
      },
      "rejected_records": {
        "type": "integer",
        "merge": "sum",
        "what": "records refused"
      },
      "accepted_bytes": {
        "type": "integer",
        "merge": "sum",
        "what": "bytes let through"
      },
      "rejected_bytes": {
        "type": "integer",
        "merge": "sum",
        "what": "bytes refused"
      }
    },
    "text": "{{records}}\n| filter {{within}} and {{action}} in [\"ACCEPT\", \"REJECT\"]\n| fields {{hour}} as hour,\n    strcontains({{action}}, \"ACCEPT\") as accepted,\n    strcontains({{action}}, \"REJECT\") as rejected\n| fields accepted * {{bytes}} as bytes_in, rejected * {{bytes}} as bytes_refused\n| stats sum(accepted) as accepted_records, sum(rejected) as rejected_records,\n    sum(bytes_in) as accepted_bytes, sum(bytes_refused) as rejected_bytes\n    by hour\n| sort hour asc\n"
  },
  {
    "name": "admin_port_open",
    "what": "Accepted from the internet on a port that gives control - SSH, RDP, databases.",
    "grain": "one row per period, server, service port",
    "order": "period, server, service_port",
    "columns": {
      "period": {
        "type": "integer",
        "what": "0 for the period before, 1 for the report's"
      },
      "server": {
        "field": "{{dst}}",
        "type": "text",
        "what": "who was asked"
      },
      "service_port": {
        "field": "{{dstport}}",
        "type": "integer",
        "what": "destination port"
      },
      "records": {
        "type": "integer",
        "what": "records let through on the way there"
      },
      "packets": {
        "field": "sum_packets",
        "type": "integer",
        "what": "packets of these"
      },
      "bytes": {
        "field": "sum_bytes",
        "type": "integer",
        "what": "bytes of these"
      },
      "first_seen": {
        "type": "integer",
        "what": "first start of these, Unix seconds"
      },
      "last_seen": {
        "type": "integer",
        "what": "last start of these, Unix seconds"
      },
      "spread": {
        "type": "integer",
        "what": "clients from the internet"
      },
      "sample": {
        "type": "text",
        "what": "one of the clients"
      }
    },
    "text": "{{records}}\n| filter {{within}} and {{action}} = \"ACCEPT\" and {{protocol}} = 6 and {{dstport}} in {{admin_ports}}\n| filter {{outside:src}} and {{inside:dst}} and not ({{serves:srcport}})\n| fields {{period}} as period\n| stats count(*) as client_records, sum({{packets}}) as client_packets, sum({{bytes}}) as client_bytes,\n    min(start_time) as client_first, max(start_time) as client_last\n    by period, {{src}}, {{dst}}, {{dstport}}\n| stats sum(client_records) as records, sum(client_packets) as sum_packets, sum(client_bytes) as sum_bytes,\n    min(client_first) as first_seen, max(client_last) as last_seen,\n    count(*) as spread, sortsFirst({{src}}) as sample\n    by period, {{dst}}, {{dstport}}\n"
  },
  {
    "name": "coverage",
    "what": "What the logs say of themselves, as logged - what proves a quiet day - with log events that are no flow-log record.",
    "grain": "one row per hour, log status, action",
    "order": "hour, log_status, action",
    "columns": {
      "hour": {
        "type": "integer",
        "merge": "key",
        "what": "start of the hour, Unix seconds; of an event that is no record, by its own time"
      },
      "log_status": {
        "field": "{{log_status}}",
        "type": "text",
        "merge": "key",
        "what": "OK, NODATA or SKIPDATA; NULL for an event that is no record"
      },
      "action": {
        "field": "{{action}}",
        "type": "text",
        "merge": "key",
        "what": "ACCEPT, REJECT or NULL"
      },
      "records": {
        "type": "integer",
        "merge": "sum",
        "what": "records"
      },
      "packets": {
        "field": "sum_packets",
        "type": "integer",
        "merge": "sum",
        "what": "packets"
      },
      "bytes": {
        "field": "sum_bytes",
        "type": "integer",
        "merge": "sum",
        "what": "bytes"
      },
      "first_start": {
        "type": "integer",
        "merge": "min",
        "what": "first start, Unix seconds"
      },
      "last_end": {
        "type": "integer",
        "merge": "max",
        "what": "last end, Unix seconds"
      }
    },
    "text": "{{records}}\n| filter ({{within}}) or (not ispresent(start_time) and {{event_within}})\n| fields {{hour}} as record_hour, {{event_hour}} as event_hour\n| fields coalesce(record_hour, event_hour) as hour\n| stats count(*) as records, sum({{packets}}) as sum_packets, sum({{bytes}}) as sum_bytes,\n    min(start_time) as first_start, max(end_time) as last_end\n    by hour, {{log_status}}, {{action}}\n"
  },
  {
    "name": "egress_denied",
    "what": "Inside to internet, refused again and again; let through neither in the period nor in the one before.",
    "grain": "one row per client, protocol, service port",
    "order": "records desc, client, service_port, protocol",
    "values": {
      "min_records": "refused records in the period"
    },
    "columns": {
      "client": {
        "field": "{{src}}",
        "type": "text",
        "what": "who asked"
      },
      "protocol": {
        "field": "{{protocol}}",
        "type": "integer",
        "what": "IANA number"
      },
      "service_port": {
        "field": "{{dstport}}",
        "type": "integer",
        "what": "destination port"
      },
      "records": {
        "type": "integer",
        "what": "records refused in the period"
      },
      "packets": {
        "field": "sum_packets",
        "type": "integer",
        "what": "packets of these"
      },
      "bytes": {
        "field": "sum_bytes",
        "type": "integer",
        "what": "bytes of these"
      },
      "first_seen": {
        "type": "integer",
        "what": "first start of these, Unix seconds"
      },
      "last_seen": {
        "type": "integer",
        "what": "last start of these, Unix seconds"
      },
      "spread": {
        "type": "integer",
        "what": "servers that it tries"
      },
      "sample": {
        "type": "text",
        "what": "one of the servers"
      }
    },
    "text": "# An interface that let the pair through refuses nothing new: the client's end logs ACCEPT for\n# what the server's end refuses, so each interface is asked for itself.\n{{records}}\n| filter {{within}} and ({{action}} = \"ACCEPT\" or ({{action}} = \"REJECT\" and start_time >= {{cut}}))\n| filter {{inside:src}} and {{outside:dst}} and {{asks}}{{by_rule}}\n| fields strcontains({{action}}, \"ACCEPT\") as let\n| stats sum(let) as pair_let, count(*) as pair_records,\n    sum({{packets}}) as pair_packets, sum({{bytes}}) as pair_bytes,\n    min(start_time) as pair_first, max(start_time) as pair_last\n    by {{interface_id}}, {{src}}, {{dst}}, {{dstport}}, {{protocol}}\n| filter pair_let = 0\n| stats sum(pair_records) as records, sum(pair_packets) as sum_packets, sum(pair_bytes) as sum_bytes,\n    min(pair_first) as first_seen, max(pair_last) as last_seen,\n    count_distinct({{dst}}) as spread, sortsFirst({{dst}}) as sample\n    by {{src}}, {{dstport}}, {{protocol}}\n| filter records >= {{min_records}}\n| sort records desc\n"
  },
  {
    "name": "host_sweep",
    "what": "One client inside that is refused by many hosts on one port.",
    "grain": "one row per period, client, protocol, service port",
    "order": "period, client, service_port, protocol",
    "values": {
      "min_hosts": "distinct hosts that refused in a period"
    },
    "columns": {
      "period": {
        "type": "integer",
        "what": "0 for the period before, 1 for the report's"
      },
      "client": {
        "field": "{{src}}",
        "type": "text",
        "what": "who asked"
      },
      "protocol": {
        "field": "{{protocol}}",
        "type": "integer",
        "what": "IANA number"
      },
      "service_port": {
        "field": "{{dstport}}",
        "type": "integer",
        "what": "destination port"
      },
      "records": {
        "type": "integer",
        "what": "records refused"
      },
      "packets": {
        "field": "sum_packets",
        "type": "integer",
        "what": "packets of these"
      },
      "bytes": {
        "field": "sum_bytes",
        "type": "integer",
        "what": "bytes of these"
      },
      "first_seen": {
        "type": "integer",
        "what": "first start of these, Unix seconds"
      },
      "last_seen": {
        "type": "integer",
        "what": "last start of these, Unix seconds"
      },
      "spread": {
        "type": "integer",
        "what": "hosts that refused"
      },
      "sample": {
        "type": "text",
        "what": "one of the hosts"
      }
    },
    "text": "{{records}}\n| filter {{within}} and {{action}} = \"REJECT\" and {{inside:src}} and {{valid:dst}} and {{asks}}\n| fields {{period}} as period\n| stats count(*) as host_records, sum({{packets}}) as host_packets, sum({{bytes}}) as host_bytes,\n    min(start_time) as host_first, max(start_time) as host_last\n    by period, {{src}}, {{dst}}, {{dstport}}, {{protocol}}\n| stats sum(host_records) as records, sum(host_packets) as sum_packets, sum(host_bytes) as sum_bytes,\n    min(host_first) as first_seen, max(host_last) as last_seen,\n    count(*) as spread, sortsFirst({{dst}}) as sample\n    by period, {{src}}, {{dstport}}, {{protocol}}\n| filter spread >= {{min_hosts}}\n"
  },
  {
    "name": "interfaces",
    "what": "Interfaces that logged, with the records that they lost.",
    "grain": "one row per interface",
    "order": "records desc, interface_id",
    "columns": {
      "interface_id": {
        "field": "{{interface_id}}",
        "type": "text",
        "merge": "key",
        "what": "interface"
      },
      "records": {
        "type": "integer",
        "merge": "sum",
        "what": "records as logged"
      },
      "skip_data": {
        "type": "integer",
        "merge": "sum",
        "what": "of these, SKIPDATA - AWS lost records"
      },
      "first_start": {
        "type": "integer",
        "merge": "min",
        "what": "first start, Unix seconds"
      },
      "last_end": {
        "type": "integer",
        "merge": "max",
        "what": "last end, Unix seconds"
      }
    },
    "text": "{{records}}\n| filter {{within}}\n| fields strcontains({{log_status}}, \"SKIPDATA\") as skipped\n| stats count(*) as records, sum(skipped) as skip_data,\n    min(start_time) as first_start, max(end_time) as last_end\n    by {{interface_id}}\n| sort records desc\n"
  },
  {
    "name": "internal_denied",
    "what": "Private client to private server, refused again and again; let through neither in the period nor in the one before.",
    "grain": "one row per server, protocol, service port",
    "order": "records desc, server, service_port, protocol",
    "values": {
      "min_records": "refused records in the period"
    },
    "columns": {
      "server": {
        "field": "{{dst}}",
        "type": "text",
        "what": "who was asked"
      },
      "protocol": {
        "field": "{{protocol}}",
        "type": "integer",
        "what": "IANA number"
      },
      "service_port": {
        "field": "{{dstport}}",
        "type": "integer",
        "what": "destination port"
      },
      "records": {
        "type": "integer",
        "what": "records refused in the period"
      },
      "packets": {
        "field": "sum_packets",
        "type": "integer",
        "what": "packets of these"
      },
      "bytes": {
        "field": "sum_bytes",
        "type": "integer",
        "what": "bytes of these"
      },
      "first_seen": {
        "type": "integer",
        "what": "first start of these, Unix seconds"
      },
      "last_seen": {
        "type": "integer",
        "what": "last start of these, Unix seconds"
      },
      "spread": {
        "type": "integer",
        "what": "clients that are refused"
      },
      "sample": {
        "type": "text",
        "what": "one of the clients"
      }
    },
    "text": "# An interface that let the pair through refuses nothing new: the client's end logs ACCEPT for\n# what the server's end refuses, so each interface is asked for itself.\n{{records}}\n| filter {{within}} and ({{action}} = \"ACCEPT\" or ({{action}} = \"REJECT\" and start_time >= {{cut}}))\n| filter {{inside:src}} and {{inside:dst}} and {{asks}}{{by_rule}}\n| fields strcontains({{action}}, \"ACCEPT\") as let\n| stats sum(let) as pair_let, count(*) as pair_records,\n    sum({{packets}}) as pair_packets, sum({{bytes}}) as pair_bytes,\n    min(start_time) as pair_first, max(start_time) as pair_last\n    by {{interface_id}}, {{src}}, {{dst}}, {{dstport}}, {{protocol}}\n| filter pair_let = 0\n| stats sum(pair_records) as records, sum(pair_packets) as sum_packets, sum(pair_bytes) as sum_bytes,\n    min(pair_first) as first_seen, max(pair_last) as last_seen,\n    count_distinct({{src}}) as spread, sortsFirst({{src}}) as sample\n    by {{dst}}, {{dstport}}, {{protocol}}\n| filter records >= {{min_records}}\n| sort records desc\n"
  },
  {
    "name": "newly_rejected",
    "what": "Private client to private service that was let through in the period before and is refused in the report's.",
    "grain": "one row per server, protocol, service port",
    "order": "records desc, server, service_port, protocol",
    "values": {
      "min_records": "refused records in a period, below which it is taken for chance"
    },
    "columns": {
      "server": {
        "field": "{{dst}}",
        "type": "text",
        "what": "who was asked"
      },
      "protocol": {
        "field": "{{protocol}}",
        "type": "integer",
        "what": "IANA number"
      },
      "service_port": {
        "field": "{{dstport}}",
        "type": "integer",
        "what": "destination port"
      },
      "records": {
        "type": "integer",
        "what": "records refused in the period"
      },
      "packets": {
        "field": "sum_packets",
        "type": "integer",
        "what": "packets of these"
      },
      "bytes": {
        "field": "sum_bytes",
        "type": "integer",
        "what": "bytes of these"
      },
      "first_seen": {
        "type": "integer",
        "what": "first start of these, Unix seconds"
      },
      "last_seen": {
        "type": "integer",
        "what": "last start of these, Unix seconds"
      },
      "since": {
        "type": "integer",
        "what": "last start that was let through, Unix seconds"
      },
      "spread": {
        "type": "integer",
        "what": "clients that are refused"
      },
      "sample": {
        "type": "text",
        "what": "one of the clients"
      }
    },
    "text": "# The same interface must have let through what it refuses now: the client's end logs ACCEPT\n# for what the server's end refuses.\n{{records}}\n| filter {{within}} and {{action}} in [\"ACCEPT\", \"REJECT\"]\n| filter {{inside:src}} and {{inside:dst}} and {{asks}}\n| fields {{period}} as now, strcontains({{action}}, \"REJECT\") as refused\n| fields refused * now as refused_now, refused * (1 - now) as refused_before, (1 - refused) * (1 - now) as let_before\n| fields refused_now * {{packets}} as packets_now, refused_now * {{bytes}} as bytes_now,\n    start_time + (1 - refused_now) * 10000000000 as first_time, refused_now * start_time as last_time,\n    (1 - refused) * start_time as let_time\n| stats sum(refused_now) as pair_records, sum(refused_before) as pair_before, sum(let_before) as pair_let,\n    sum(packets_now) as pair_packets, sum(bytes_now) as pair_bytes,\n    min(first_time) as pair_first, max(last_time) as pair_last, max(let_time) as pair_since\n    by {{interface_id}}, {{src}}, {{dst}}, {{dstport}}, {{protocol}}\n| filter pair_records >= {{min_records}} and pair_before < {{min_records}} and pair_let > 0\n| stats sum(pair_records) as records, sum(pair_packets) as sum_packets, sum(pair_bytes) as sum_bytes,\n    min(pair_first) as first_seen, max(pair_last) as last_seen, max(pair_since) as since,\n    count_distinct({{src}}) as spread, sortsFirst({{src}}) as sample\n    by {{dst}}, {{dstport}}, {{protocol}}\n| sort records desc\n"
  },
  {
    "name": "noise_ports",
    "what": "What the internet asked for and was refused, as logged.",
    "grain": "one row per destination port and protocol",
    "order": "records desc, service_port, protocol",
    "columns": {
      "service_port": {
        "field": "{{dstport}}",
        "type": "integer",
        "merge": "key",
        "what": "destination port"
      },
      "protocol": {
        "field": "{{protocol}}",
        "type": "integer",
        "merge": "key",
        "what": "IANA number"
      },
      "records": {
        "type": "integer",
        "merge": "sum",
        "what": "records refused"
      }
    },
    "text": "{{records}}\n| filter {{within}} and {{action}} = \"REJECT\" and {{outside:src}} and {{inside:dst}} and {{asks}}{{by_rule}}\n| stats count(*) as records by {{dstport}}, {{protocol}}\n| sort records desc\n"
  },
  {
    "name": "noise_sources",
    "what": "Who asked from the internet and was refused, as logged.",
    "grain": "one row per source outside",
    "order": "records desc, client",
    "columns": {
      "client": {
        "field": "{{src}}",
        "type": "text",
        "merge": "key",
        "what": "source outside"
      },
      "records": {
        "type": "integer",
        "merge": "sum",
        "what": "records refused"
      }
    },
    "text": "{{records}}\n| filter {{within}} and {{action}} = \"REJECT\" and {{outside:src}} and {{inside:dst}} and {{asks}}{{by_rule}}\n| stats count(*) as records by {{src}}\n| sort records desc\n"
  },
  {
    "name": "port_scan",
    "what": "One client inside that is refused on many ports of one server.",
    "grain": "one row per period, client, server",
    "order": "period, client, server",
    "values": {
      "min_ports": "distinct ports refused in a period"
    },
    "columns": {
      "period": {
        "type": "integer",
        "what": "0 for the period before, 1 for the report's"
      },
      "client": {
        "field": "{{src}}",
        "type": "text",
        "what": "who asked"
      },
      "server": {
        "field": "{{dst}}",
        "type": "text",
        "what": "who was asked"
      },
      "protocol": {
        "field": "max_protocol",
        "type": "integer",
        "what": "IANA number"
      },
      "records": {
        "type": "integer",
        "what": "records refused"
      },
      "packets": {
        "field": "sum_packets",
        "type": "integer",
        "what": "packets of these"
      },
      "bytes": {
        "field": "sum_bytes",
        "type": "integer",
        "what": "bytes of these"
      },
      "first_seen": {
        "type": "integer",
        "what": "first start of these, Unix seconds"
      },
      "last_seen": {
        "type": "integer",
        "what": "last start of these, Unix seconds"
      },
      "spread": {
        "type": "integer",
        "what": "ports refused"
      },
      "sample": {
        "type": "integer",
        "what": "lowest of the ports"
      }
    },
    "text": "{{records}}\n| filter {{within}} and {{action}} = \"REJECT\" and {{inside:src}} and {{valid:dst}} and {{asks}}\n| fields {{period}} as period\n| stats count(*) as port_records, sum({{packets}}) as port_packets, sum({{bytes}}) as port_bytes,\n    min(start_time) as port_first, max(start_time) as port_last, max({{protocol}}) as port_protocol\n    by period, {{src}}, {{dst}}, {{dstport}}\n| stats sum(port_records) as records, sum(port_packets) as sum_packets, sum(port_bytes) as sum_bytes,\n    min(port_first) as first_seen, max(port_last) as last_seen, max(port_protocol) as max_protocol,\n    count(*) as spread, min({{dstport}}) as sample\n    by period, {{src}}, {{dst}}\n| filter spread >= {{min_ports}}\n"
  },
  {
    "name": "ssh_rejects",
    "what": "Who was refused on SSH, as logged.",
    "grain": "one row per source and destination",
    "order": "records desc, srcaddr, dstaddr",
    "columns": {
      "srcaddr": {
        "field": "{{srcaddr}}",
        "type": "text",
        "merge": "key",
        "what": "source as logged"
      },
      "dstaddr": {
        "field": "{{dstaddr}}",
        "type": "text",
        "merge": "key",
        "what": "destination as logged"
      },
      "records": {
        "type": "integer",
        "merge": "sum",
        "what": "records"
      },
      "packets": {
        "field": "sum_packets",
        "type": "integer",
        "merge": "sum",
        "what": "packets"
      },
      "bytes": {
        "field": "sum_bytes",
        "type": "integer",
        "merge": "sum",
        "what": "bytes"
      },
      "first_reject": {
        "type": "integer",
        "merge": "min",
        "what": "first start, Unix seconds"
      },
      "last_reject": {
        "type": "integer",
        "merge": "max",
        "what": "last start, Unix seconds"
      }
    },
    "text": "{{records}}\n| filter {{within}} and {{action}} = \"REJECT\" and {{protocol}} = 6 and {{dstport}} = 22\n| stats count(*) as records, sum({{packets}}) as sum_packets, sum({{bytes}}) as sum_bytes,\n    min(start_time) as first_reject, max(start_time) as last_reject\n    by {{srcaddr}}, {{dstaddr}}\n| sort records desc\n"
  },
  {
    "name": "top_rejected",
    "what": "Connections that were refused most often, as logged.",
    "grain": "one row per source, destination, destination port, protocol",
    "order": "records desc, srcaddr, dstaddr, dstport, protocol",
    "columns": {
      "srcaddr": {
        "field": "{{srcaddr}}",
        "type": "text",
        "merge": "key",
        "what": "source as logged"
      },
      "dstaddr": {
        "field": "{{dstaddr}}",
        "type": "text",
        "merge": "key",
        "what": "destination as logged"
      },
      "dstport": {
        "field": "{{dstport}}",
        "type": "integer",
        "merge": "key",
        "what": "destination port"
      },
      "protocol": {
        "field": "{{protocol}}",
        "type": "integer",
        "merge": "key",
        "what": "IANA number"
      },
      "records": {
        "type": "integer",
        "merge": "sum",
        "what": "records"
      },
      "packets": {
        "field": "sum_packets",
        "type": "integer",
        "merge": "sum",
        "what": "packets"
      },
      "bytes": {
        "field": "sum_bytes",
        "type": "integer",
        "merge": "sum",
        "what": "bytes"
      }
    },
    "text": "{{records}}\n| filter {{within}} and {{action}} = \"REJECT\"\n| stats count(*) as records, sum({{packets}}) as sum_packets, sum({{bytes}}) as sum_bytes\n    by {{srcaddr}}, {{dstaddr}}, {{dstport}}, {{protocol}}\n| sort records desc\n"
  },
  {
    "name": "top_rejected_sources",
    "what": "The source addresses with most rejected requests, as logged.",
    "grain": "one row per source",
    "order": "records desc, srcaddr",
    "limit": 20,
    "columns": {
      "srcaddr": {
        "field": "{{srcaddr}}",
        "type": "text",
        "merge": "key",
        "what": "source as logged"
      },
      "records": {
        "type": "integer",
        "merge": "sum",
        "what": "records"
      },
      "packets": {
        "field": "sum_packets",
        "type": "integer",
        "merge": "sum",
        "what": "packets"
      },
      "bytes": {
        "field": "sum_bytes",
        "type": "integer",
        "merge": "sum",
        "what": "bytes"
      }
    },
    "text": "{{records}}\n| filter {{within}} and {{action}} = \"REJECT\"\n| stats count(*) as records, sum({{packets}}) as sum_packets, sum({{bytes}}) as sum_bytes by {{srcaddr}}\n| sort records desc\n"
  },
  {
    "name": "totals",
    "what": "How much was let through and how much refused, as logged.",
    "grain": "one row per action",
    "order": "action",
    "columns": {
      "action": {
        "field": "{{action}}",
        "type": "text",
        "merge": "key",
        "what": "ACCEPT or REJECT"
      },
      "records": {
        "type": "integer",
        "merge": "sum",
        "what": "records"
      },
      "packets": {
        "field": "sum_packets",
        "type": "integer",
        "merge": "sum",
        "what": "packets"
      },
      "bytes": {
        "field": "sum_bytes",
        "type": "integer",
        "merge": "sum",
        "what": "bytes"
      }
    },
    "text": "{{records}}\n| filter {{within}} and {{action}} in [\"ACCEPT\", \"REJECT\"]\n| stats count(*) as records, sum({{packets}}) as sum_packets, sum({{bytes}}) as sum_bytes by {{action}}\n"
  },
  {
    "name": "trace_records",
    "what": "The records of a subject as they were logged, which is what `turnaway trace` reads.",
    "grain": "one row per message",
    "order": "message",
    "columns": {
      "message": {
        "field": "@message",
        "type": "text",
        "merge": "key",
        "what": "the record"
      },
      "records": {
        "type": "integer",
        "merge": "sum",
        "what": "how often it was logged"
      }
    },
    "text": "{{records}}\n| filter {{within}} and {{subject}}\n| stats count(*) as records by @message\n"
  }
];
