import { Table, Td, Th } from '@blastwise/ui';
import { CoursePlot, stepText } from './course-plot.tsx';
import { figureText, type Unit } from './progress-words.ts';
import type { Course } from './types.ts';

/** A figure over time: all of it in one line, the plot, and the numbers. */
export function CourseSection(props: { title: string; sample: string; course: Course; unit: Unit }) {
  const { title, course, unit } = props;
  return (
    <section aria-label={title}>
      <h2 className="text-base font-semibold">{title}</h2>
      {course.overall ? (
        <p className="tabular mt-1 text-xl font-semibold tracking-tight">
          {figureText(course.overall, unit)}
        </p>
      ) : null}
      <p className="mb-3 text-xs text-ink-3">{props.sample}</p>
      {course.steps.length > 0 ? (
        <>
          {course.steps.some(({ figure }) => figure !== null) ? (
            <CoursePlot course={course} unit={unit} label={title} />
          ) : null}
          <details className="mt-2 max-w-[52rem] text-sm">
            <summary className="text-xs text-ink-3">Numbers</summary>
            <Table aria-label={`${title}, numbers`}>
              <thead>
                <tr>
                  <Th>When</Th>
                  <Th numeric>Cases</Th>
                  <Th numeric>Figure (95 % interval)</Th>
                </tr>
              </thead>
              <tbody>
                {course.steps.map((step) => (
                  <tr key={step.from}>
                    <Td>{stepText(step)}</Td>
                    <Td numeric>{step.cases}</Td>
                    <Td numeric>{figureText(step.figure, unit)}</Td>
                  </tr>
                ))}
              </tbody>
            </Table>
          </details>
        </>
      ) : null}
    </section>
  );
}
