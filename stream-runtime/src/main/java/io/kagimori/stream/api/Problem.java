package io.kagimori.stream.api;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;

/**
 * An error as RFC 9457 describes it, with our stable code and the field that is to blame.
 *
 * @param type a name for the kind of problem, made from the code
 * @param title the code in words
 * @param status HTTP status
 * @param detail what happened, for people
 * @param code stable code
 * @param field the offending field; absent where there is none
 */
public record Problem(
    String type, String title, int status, String detail, String code, String field) {
  /** Media type of problems. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** A problem of that code. */
  public static Problem of(int status, String code, String field, String detail) {
    String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
    return new Problem("urn:kagimori:problem:" + code, words, status, detail, code, field);
  }

  /** The response that carries it. */
  public Response response() {
    return Response.status(status).type(MediaType.valueOf(MEDIA_TYPE)).entity(this).build();
  }

  /** Ends a request with this problem. */
  public ProblemException exception() {
    return new ProblemException(this);
  }
}
