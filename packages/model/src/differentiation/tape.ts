import { GraphBuilder } from '../export/onnx/graph-builder.ts';

/** A float32 value of a graph, of a fixed shape. */
export interface Value {
  readonly name: string;
  readonly shape: readonly number[];
  /** Whether it depends on a parameter, so that a gradient has somewhere to flow. */
  readonly isMoved: boolean;
}

/** Writes the gradient of one input, given the gradient of the output, and returns its name. */
type Gradient = () => string;
type Backward = (dy: string) => readonly Gradient[];

/**
 * An ONNX graph that is written forwards, operator by operator, and can then be written backwards: reverse-mode
 * differentiation (Griewank and Walther 2008, chapter 3) whose result is again an ONNX graph, so that whatever runs a
 * network can also train it.
 */
export class Tape {
  readonly graph = new GraphBuilder();
  private readonly steps: { output: Value; inputs: readonly Value[]; backward: Backward }[] = [];
  private readonly gradients = new Map<string, string>();

  /** An input that no gradient is asked of. */
  given(name: string, shape: readonly number[]): Value {
    return { name: this.graph.input({ name, shape }), shape, isMoved: false };
  }

  /** An input whose gradient is asked. */
  parameter(name: string, shape: readonly number[]): Value {
    return { ...this.given(name, shape), isMoved: true };
  }

  /** Adds an operator without regard to gradients. */
  readonly node = this.graph.node.bind(this.graph);

  /** The same numbers under another shape. */
  reshape(name: string, shape: readonly number[]): string {
    return this.node(`${name}_reshaped`, 'Reshape', [name, this.graph.indices(...shape)]);
  }

  /** Takes up what was written of `inputs`; `backward` gives for each of them how its gradient is written. */
  record(name: string, shape: readonly number[], inputs: readonly Value[], backward: Backward): Value {
    const output = { name, shape, isMoved: inputs.some(({ isMoved }) => isMoved) };
    if (output.isMoved) this.steps.push({ output, inputs, backward });
    return output;
  }

  /** Lets `gradient`, a value of the same shape, flow into `value`; what flows in from several sides adds up. */
  flow(value: Value, gradient: string): void {
    const known = this.gradients.get(value.name);
    const sum =
      known === undefined ? gradient : this.node(`${value.name}_gradient`, 'Add', [known, gradient]);
    this.gradients.set(value.name, sum);
  }

  /** Writes everything backwards from where gradients were let in. */
  unwind(): void {
    for (const { output, inputs, backward } of this.steps.splice(0).reverse()) {
      const dy = this.gradients.get(output.name);
      if (dy === undefined) continue;
      const gradients = backward(dy);
      inputs.forEach((input, i) => {
        const gradient = gradients[i];
        if (input.isMoved && gradient) this.flow(input, gradient());
      });
    }
  }

  /** The gradient that has flowed into a value; a parameter that nothing depends on has none. */
  gradientOf(value: Value): string | undefined {
    return this.gradients.get(value.name);
  }
}

/** How many numbers a shape holds. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((n, d) => n * d, 1);
