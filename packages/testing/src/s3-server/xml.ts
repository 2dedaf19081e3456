/** An element with text, or with children already written as XML. */
export function element(name: string, ...children: Array<string | Xml>): Xml {
  const inner = children.map((child) => (child instanceof Xml ? child.text : escape(child)));
  return new Xml(`<${name}>${inner.join("")}</${name}>`);
}

/** A document in S3's namespace, as every answer but an error is. */
export function xmlDocument(root: Xml): string {
  const text = root.text.replace(">", ' xmlns="http://s3.amazonaws.com/doc/2006-03-01/">');
  return DECLARATION + text;
}

/** The body of every S3 error. Source: docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export function errorDocument(code: string, message: string): string {
  const error = element(
    "Error",
    element("Code", code),
    element("Message", message),
    element("RequestId", "LOOPBACK"),
    element("HostId", "loopback"),
  );
  return DECLARATION + error.text;
}

export class Xml {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
