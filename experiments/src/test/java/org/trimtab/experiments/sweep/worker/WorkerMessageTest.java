package org.trimtab.experiments.sweep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.trimtab.experiments.runs.Estimate;
import org.trimtab.experiments.runs.RunResult;
import org.trimtab.experiments.runs.Status;

/** Both sides of a worker's pipes understand each other. */
class WorkerMessageTest {
  private static final TrialJob JOB = new TrialJob("t", "c.yaml", "trials", 3);

  @Test
  void aRequestIsReadAsItWasWritten() {
    for (WorkerMessage.Request request :
        List.of(
            WorkerMessage.Request.run(JOB),
            WorkerMessage.Request.estimate(JOB),
            WorkerMessage.Request.stop())) {
      assertThat(WorkerMessage.Request.read(request.line())).isEqualTo(request);
    }
  }

  @Test
  void aReplyIsReadAsItWasWritten() {
    Estimate estimate =
        new Estimate(new RunResult.Parameters(1, 2), 3, 4, 5, 0.5, OptionalLong.of(6));
    for (WorkerMessage.Reply reply :
        List.of(
            WorkerMessage.Reply.ready(),
            WorkerMessage.Reply.of(new WorkerMessage.Progress(1, 9)),
            WorkerMessage.Reply.of(new TrialOutcome(Status.REFUSED, "why")),
            WorkerMessage.Reply.of(Measured.of(estimate)),
            WorkerMessage.Reply.of(Measured.refused("why")))) {
      assertThat(WorkerMessage.Reply.read(reply.line())).isEqualTo(reply);
    }
  }

  @Test
  void onlyAnOutcomeOrAMeasureEndsTheWaiting() {
    assertThat(WorkerMessage.Reply.ready().ended()).isFalse();
    assertThat(WorkerMessage.Reply.of(new WorkerMessage.Progress(1, 9)).ended()).isFalse();
    assertThat(WorkerMessage.Reply.of(new TrialOutcome(Status.LOST, "")).ended()).isTrue();
    assertThat(WorkerMessage.Reply.of(Measured.refused("why")).ended()).isTrue();
  }
}
