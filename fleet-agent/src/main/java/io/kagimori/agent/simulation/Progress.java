package io.kagimori.agent.simulation;

import io.kagimori.agent.cli.Output;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a run is: a bar on a terminal, a line per phase elsewhere. */
public final class Progress implements AutoCloseable {
  private final boolean terminal;
  private final Consumer<String> note;
  private ProgressBar bar;
  private String phase = "";
  private long total;

  /** Shows on standard error. */
  public Progress(Output output) {
    this(output.isTerminal(), output::note);
  }

  /**
   * @param terminal whether a person watches
   * @param note takes lines
   */
  public Progress(boolean terminal, Consumer<String> note) {
    this.terminal = terminal;
    this.note = note;
  }

  /** Begins a phase of so many steps. */
  public synchronized void begin(String name, long steps) {
    end();
    phase = name;
    total = steps;
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setInitialMax(steps)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .build();
    }
  }

  /** So many steps are done. */
  public synchronized void at(long done) {
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  /** So many of so many are done; the whole may grow on the way. */
  public synchronized void of(long done, long whole) {
    total = whole;
    if (bar != null) {
      bar.maxHint(whole);
      bar.stepTo(done);
    }
  }

  /** Ends the phase. */
  public synchronized void end() {
    if (bar != null) {
      bar.close();
      bar = null;
    } else if (!phase.isEmpty()) {
      note.accept(phase + ": " + total);
    }
    phase = "";
  }

  /** Says something besides. */
  public void say(String line) {
    note.accept(line);
  }

  @Override
  public void close() {
    end();
  }
}
