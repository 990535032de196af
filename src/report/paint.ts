/** Colours, or none: decided once by whoever knows where the text goes. */
export interface Paint {
  readonly red: Brush;
  readonly yellow: Brush;
  readonly blue: Brush;
  readonly green: Brush;
  readonly bold: Brush;
  readonly dim: Brush;
}
type Brush = (text: string) => string;

const brush =
  (isOn: boolean, open: number, close: number): Brush =>
  (text) =>
    isOn && text !== "" ? `\u001b[${open}m${text}\u001b[${close}m` : text;

export const paint = (isOn: boolean): Paint => ({
  red: brush(isOn, 31, 39),
  yellow: brush(isOn, 33, 39),
  blue: brush(isOn, 34, 39),
  green: brush(isOn, 32, 39),
  bold: brush(isOn, 1, 22),
  dim: brush(isOn, 2, 22),
});
