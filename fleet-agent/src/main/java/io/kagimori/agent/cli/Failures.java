package io.kagimori.agent.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kagimori.local.StackException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * How a failed command ends: one sentence on standard error, with {@code --json} an error document
 * on standard output too, and the exit code. Never a stack trace.
 */
public final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /** Code of a command line that cannot be understood. */
  public static final String USAGE = "USAGE";

  /** Code of a defect of ours. */
  static final String UNEXPECTED = "UNEXPECTED";

  /**
   * The document that stands in for the answer.
   *
   * @param error what went wrong
   */
  record ErrorDocument(Problem error) {}

  /**
   * What went wrong.
   *
   * @param code stable code
   * @param message one sentence
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Problem(String code, String message) {}

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    String sentence = oneLine(failure.getMessage());
    String suggestion = suggestion(failure);
    report(command, isJson(args), USAGE, sentence + suggestion);
    PrintWriter err = command.getErr();
    err.println(
        "Try '%s --help' for options and examples."
            .formatted(command.getCommandSpec().qualifiedName()));
    err.flush();
    return Exit.USAGE;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    boolean json = isJson(parsed.originalArgs().toArray(String[]::new));
    return switch (failure) {
      case CommandFailure known ->
          ended(command, json, known.code(), known.getMessage(), known.exitCode());
      case StackException stack -> ended(command, json, "STACK", stack.getMessage(), Exit.OUTSIDE);
      default ->
          ended(
              command,
              json,
              UNEXPECTED,
              "Something unexpected happened: " + failure + ".",
              Exit.OUTSIDE);
    };
  }

  private static int ended(
      CommandLine command, boolean json, String code, String message, int exitCode) {
    report(command, json, code, message);
    return exitCode;
  }

  private static void report(CommandLine command, boolean json, String code, String message) {
    if (json) {
      PrintWriter out = command.getOut();
      out.println(Output.text(new ErrorDocument(new Problem(code, message))));
      out.flush();
    }
    PrintWriter err = command.getErr();
    err.println(command.getColorScheme().errorText(message));
    err.flush();
  }

  private static boolean isJson(String[] args) {
    return Arrays.asList(args).contains("--json");
  }

  private static String suggestion(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      return suggestions.isEmpty() ? "" : " Did you mean " + String.join(" or ", suggestions) + "?";
    }
    return "";
  }

  private static String oneLine(String message) {
    String line = message.replaceAll("\\s*\\R\\s*", " ").strip();
    return line.endsWith(".") || line.endsWith("?") ? line : line + ".";
  }
}
