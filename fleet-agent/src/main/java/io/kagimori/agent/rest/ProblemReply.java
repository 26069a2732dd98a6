package io.kagimori.agent.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.CommandFailure;

/** What a service answered instead of what was asked for (RFC 9457). */
final class ProblemReply {
  private static final int BAD_REQUEST = 400;
  private static final int SERVER_ERROR = 500;

  private ProblemReply() {}

  /** The failure that a command ends with: bad input, no, or a service in trouble. */
  static CommandFailure of(String service, int status, JsonNode body) {
    String sentence = sentence(service, status, body);
    String code = body.path("code").asText("HTTP_" + status);
    if (status >= SERVER_ERROR) {
      return CommandFailure.outside(code, sentence, null);
    }
    return status == BAD_REQUEST
        ? CommandFailure.usage(code, sentence)
        : CommandFailure.no(code, sentence);
  }

  private static String sentence(String service, int status, JsonNode body) {
    String said = body.path("detail").asText(body.path("title").asText(""));
    String what = said.isBlank() ? "answered with HTTP status " + status : "says: " + said;
    String field = body.hasNonNull("field") ? " (field " + body.get("field").asText() + ")" : "";
    String end = what.endsWith(".") && field.isEmpty() ? "" : ".";
    return service + " " + what + field + end;
  }
}
