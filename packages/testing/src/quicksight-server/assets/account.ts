import { type Call, type Handler, text } from "../call.ts";
import { page } from "../pages.ts";
import { notFound } from "../service-error.ts";
import type { QuickSightStore } from "../store.ts";
import { REQUEST } from "./assets.ts";

/** The subscription, and who is in it. */
export const ACCOUNT = {
  DescribeAccountSubscription({ store }) {
    if (store.edition === null) throw notFound(`A subscription of account ${store.account}`);
    return {
      AccountInfo: {
        AccountName: "turnaway",
        Edition: store.edition,
        NotificationEmail: "ops@example.com",
        AuthenticationType: "IAM_AND_QUICKSIGHT",
        AccountSubscriptionStatus: "ACCOUNT_CREATED",
      },
      ...REQUEST,
    };
  },
  DescribeAccountSettings({ store }) {
    return {
      AccountSettings: {
        AccountName: "turnaway",
        Edition: store.edition,
        DefaultNamespace: "default",
        NotificationEmail: "ops@example.com",
        PublicSharingEnabled: false,
        TerminationProtectionEnabled: true,
      },
      ...REQUEST,
    };
  },
  DescribeNamespace(call) {
    return { Namespace: namespaceShape(call.store, namespaceOf(call)), ...REQUEST };
  },
  ListNamespaces(call) {
    const { store } = call;
    return page(
      call,
      "Namespaces",
      store.namespaces.map((name) => namespaceShape(store, name)),
    );
  },
  DescribeUser(call) {
    const namespace = namespaceOf(call);
    const name = text(call.input, "UserName");
    if (!call.store.users.includes(name)) throw notFound(`User ${name}`);
    return { User: userShape(call.store, namespace, name), ...REQUEST };
  },
  ListUsers(call) {
    const { store } = call;
    const namespace = namespaceOf(call);
    return page(
      call,
      "UserList",
      store.users.map((name) => userShape(store, namespace, name)),
    );
  },
  DescribeGroup(call) {
    const namespace = namespaceOf(call);
    const name = text(call.input, "GroupName");
    if (!call.store.groups.includes(name)) throw notFound(`Group ${name}`);
    return { Group: groupShape(call.store, namespace, name), ...REQUEST };
  },
  ListGroups(call) {
    const { store } = call;
    const namespace = namespaceOf(call);
    return page(
      call,
      "GroupList",
      store.groups.map((name) => groupShape(store, namespace, name)),
    );
  },
} satisfies Record<string, Handler>;

function namespaceOf({ store, input }: Call): string {
  const name = text(input, "Namespace");
  if (!store.namespaces.includes(name)) throw notFound(`Namespace ${name}`);
  return name;
}

function namespaceShape(store: QuickSightStore, name: string): object {
  return {
    Name: name,
    Arn: store.identityArn(`namespace/${name}`),
    CapacityRegion: store.region,
    CreationStatus: "CREATED",
    IdentityStore: "QUICKSIGHT",
  };
}

function userShape(store: QuickSightStore, namespace: string, name: string): object {
  return {
    Arn: store.identityArn(`user/${namespace}/${name}`),
    UserName: name,
    Email: `${name}@example.com`,
    Role: "AUTHOR",
    IdentityType: "QUICKSIGHT",
    Active: true,
    PrincipalId: `user/${name}`,
  };
}

function groupShape(store: QuickSightStore, namespace: string, name: string): object {
  return {
    Arn: store.identityArn(`group/${namespace}/${name}`),
    GroupName: name,
    PrincipalId: `group/${name}`,
  };
}
