import { TrainingItem } from './training-item.tsx';
import type { Training } from './types.ts';

/** Trainings that have ended, newest first. */
export function TrainingList(props: {
  trainings: readonly Training[];
  /** Another one is under way, so none of these can go on. */
  blocked: boolean;
}) {
  return (
    <section aria-label="Earlier trainings">
      <h2 className="border-b border-rule pb-2 text-base font-semibold">Earlier</h2>
      <ul>
        {props.trainings.map((training) => (
          <li key={training.id} className="border-b border-rule py-4">
            <TrainingItem training={training} blocked={props.blocked} />
          </li>
        ))}
      </ul>
    </section>
  );
}
