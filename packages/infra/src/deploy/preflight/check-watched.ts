import {
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  DescribeTransitGatewaysCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import type { LoggedKind } from "@turnaway/core";

import type { WatchedPlace } from "../../deployment.ts";
import type { PreflightNote } from "../deploy-plan.ts";
import type { Check, Examined } from "./check.ts";
import { error, ok } from "./note.ts";

/** Whether what is to be logged is where turnaway.yml says. */
export function checkWatched(place: WatchedPlace, { aws, signal }: Examined): Check {
  const { account, region, watched } = place;
  return {
    about: "what is to be logged",
    place,
    service: "EC2",
    permission: "ec2:Describe*",
    async look(): Promise<readonly PreflightNote[]> {
      const ec2 = await aws.client(EC2Client, place);
      const groups = [...Map.groupBy(watched, ({ kind }) => kind)];
      const found = await Promise.all(
        groups.map(([kind, group]) =>
          FINDERS[kind](
            ec2,
            group.map(({ id }) => id),
            signal,
          ),
        ),
      );
      const live = new Set(found.flat());
      const missing = watched.filter(({ id }) => !live.has(id));
      if (missing.length === 0) return [ok(`all that is logged is in ${account}, ${region}`)];
      return missing.map(({ id, kind }) =>
        error(`${id} is not in ${account}, ${region}`, `correct or remove it under ${kind}`),
      );
    },
  };
}

type Finder = (
  ec2: EC2Client,
  ids: string[],
  abortSignal: AbortSignal,
) => Promise<(string | undefined)[]>;

// By filter, not by id: EC2 answers one unknown id among others with an error.
const FINDERS: Readonly<Record<LoggedKind, Finder>> = {
  async vpcs(ec2, ids, abortSignal) {
    const asked = new DescribeVpcsCommand({ Filters: [{ Name: "vpc-id", Values: ids }] });
    return ((await ec2.send(asked, { abortSignal })).Vpcs ?? []).map(({ VpcId }) => VpcId);
  },
  async subnets(ec2, ids, abortSignal) {
    const asked = new DescribeSubnetsCommand({ Filters: [{ Name: "subnet-id", Values: ids }] });
    const { Subnets = [] } = await ec2.send(asked, { abortSignal });
    return Subnets.map(({ SubnetId }) => SubnetId);
  },
  async interfaces(ec2, ids, abortSignal) {
    const asked = new DescribeNetworkInterfacesCommand({
      Filters: [{ Name: "network-interface-id", Values: ids }],
    });
    const { NetworkInterfaces = [] } = await ec2.send(asked, { abortSignal });
    return NetworkInterfaces.map(({ NetworkInterfaceId }) => NetworkInterfaceId);
  },
  async transitGateways(ec2, ids, abortSignal) {
    const asked = new DescribeTransitGatewaysCommand({
      Filters: [{ Name: "transit-gateway-id", Values: ids }],
    });
    const { TransitGateways = [] } = await ec2.send(asked, { abortSignal });
    return TransitGateways.map(({ TransitGatewayId }) => TransitGatewayId);
  },
};
