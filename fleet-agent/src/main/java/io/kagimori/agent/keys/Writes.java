package io.kagimori.agent.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.kagimori.agent.cli.Exit;
import io.kagimori.agent.cli.Listing;
import io.kagimori.agent.cli.Output;
import io.kagimori.agent.rest.ServiceClient.Written;

/** Prints what a write led to and turns it into an exit code. */
public final class Writes {
  private Writes() {}

  /**
   * A request on its way.
   *
   * @param requestId its id
   * @param pending always true: the outcome is not known yet
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Pending(String requestId, boolean pending) {}

  /**
   * The outcome, or a note that it is not there yet.
   *
   * @param asked whether the outcome was waited for; then its absence is a failure
   */
  public static int print(Output output, Written written, boolean asked) {
    if (written.done()) {
      JsonNode body = written.body();
      Listing.printOne(output, body);
      return Exit.DONE;
    }
    if (output.json()) {
      output.document(new Pending(written.requestId(), true));
    } else {
      output.line("request " + written.requestId() + " is on its way");
    }
    if (asked) {
      output.note("No outcome in time; ask again with --request-id " + written.requestId() + ".");
      return Exit.OUTSIDE;
    }
    return Exit.DONE;
  }
}
