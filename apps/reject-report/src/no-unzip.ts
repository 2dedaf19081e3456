// Stands in the bundle for `unzip-stream`, which only downloads of artifacts need: nothing is
// downloaded here, and a part of it has no license.
// oxlint-disable-next-line import/no-default-export -- as the package has it
export default {};
