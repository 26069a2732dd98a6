package io.kagimori.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.contracts.cloudevents.EventJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine.Help.Ansi;

/**
 * What a command line led to.
 *
 * @param exitCode its exit code
 * @param out standard output
 * @param err standard error
 */
public record Typed(int exitCode, String out, String err) {

  /** Runs a command line without a terminal. */
  public static Typed typed(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Kagimori.run(new PrintWriter(out), new PrintWriter(err), Ansi.OFF, args);
    return new Typed(exitCode, out.toString(), err.toString());
  }

  /** Standard output as the one JSON document that it must be. */
  public JsonNode json() {
    try {
      return EventJson.mapper().readTree(out);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not one JSON document: " + out, e);
    }
  }
}
