/** Why a visual, a filter or a field can not be computed here, in words for whoever looks at it. */
export class Undrawable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "Undrawable";
  }
}
