package io.kagimori.agent.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kagimori.contracts.cloudevents.EventJson;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The two outputs of a command, mixed into each: answers go to standard output, everything about
 * the way there to standard error. With {@code --json} the answer is one JSON document.
 */
public final class Output {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--json",
      description = "Print one JSON document on standard output and nothing else there.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean unusedHelp; // picocli acts on it

  /** Whether the answer is wanted as JSON. */
  public boolean json() {
    return json;
  }

  /** Writes a value as the one JSON document, or as one line of a stream of documents. */
  public void document(Object value) {
    out().println(text(value));
    out().flush();
  }

  /** Writes a line of the answer for people. */
  public void line(String text) {
    out().println(text);
  }

  /** Writes a line about progress to standard error. */
  public void note(String text) {
    PrintWriter err = command.commandLine().getErr();
    err.println(text);
    err.flush();
  }

  /** Standard output for code that writes many lines. */
  public PrintWriter out() {
    return command.commandLine().getOut();
  }

  /** Standard error for code that writes many lines. */
  public PrintWriter err() {
    return command.commandLine().getErr();
  }

  /** The text in bold on a terminal, as it is elsewhere. */
  public String strong(String text) {
    return styled("bold", text);
  }

  /** The text in the colour of good news on a terminal, as it is elsewhere. */
  public String good(String text) {
    return styled("green", text);
  }

  /** The text in the colour of bad news on a terminal, as it is elsewhere. */
  public String bad(String text) {
    return styled("red", text);
  }

  /** Whether a person watches: a terminal, and NO_COLOR not set. */
  public boolean isTerminal() {
    return command.commandLine().getColorScheme().ansi() == Ansi.ON;
  }

  /** A value as JSON, in the style of the events. */
  public static String text(Object value) {
    try {
      return EventJson.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not writable as JSON: " + value.getClass(), e);
    }
  }

  private String styled(String style, String text) {
    // The text is data: only the style goes through the markup, or an "@" in it could be read as
    // markup too.
    if (!isTerminal()) {
      return text;
    }
    Ansi.IStyle[] styles = Ansi.Style.parse(style);
    // The code that ends bold alone is the one for a double underline on many terminals.
    return Ansi.Style.on(styles) + text + Ansi.Style.reset.on();
  }
}
