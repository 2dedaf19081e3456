export { notifyTopic, type Notified, type TopicNotice } from "./notify-topic.ts";
