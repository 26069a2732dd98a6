package io.kagimori.stream.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever goes wrong in a REST request into a problem; no stack trace reaches a user. */
public class ProblemResponses {
  private static final Logger LOG = Logger.getLogger(ProblemResponses.class);

  @ServerExceptionMapper
  Response problem(ProblemException e) {
    return e.problem().response();
  }

  @ServerExceptionMapper
  Response invalid(ConstraintViolationException e) {
    ConstraintViolation<?> violation = e.getConstraintViolations().iterator().next();
    String field = null;
    for (Path.Node node : violation.getPropertyPath()) {
      field = node.getName();
    }
    return Problem.of(400, "INVALID_FIELD", field, violation.getMessage()).response();
  }

  /** Named apart because Quarkus brings a mapper of its own for it, with another body. */
  @ServerExceptionMapper
  Response mismatched(MismatchedInputException e) {
    return unreadable(e);
  }

  @ServerExceptionMapper
  Response unreadable(JacksonException e) {
    String field =
        e instanceof JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."))
            : "";
    return field.isEmpty()
        ? Problem.of(400, "INVALID_JSON", null, "The body is not readable as JSON.").response()
        : Problem.of(400, "INVALID_FIELD", field, "The value is not of the field's type.")
            .response();
  }

  @ServerExceptionMapper
  Response refused(WebApplicationException e) {
    // Jackson's failures arrive wrapped when they happen while a body is read.
    if (e.getCause() instanceof JacksonException reading) {
      return unreadable(reading);
    }
    if (e.getCause() instanceof NumberFormatException) {
      // A number in the address that is none; the framework takes it for an unknown address.
      return Problem.of(400, "INVALID_FIELD", null, "A number is expected.").response();
    }
    int status = e.getResponse().getStatus();
    String code =
        switch (status) {
          case 400 -> "INVALID_REQUEST";
          case 404 -> "NOT_FOUND";
          case 405 -> "METHOD_NOT_ALLOWED";
          case 406 -> "NOT_ACCEPTABLE";
          case 415 -> "UNSUPPORTED_MEDIA_TYPE";
          default -> "HTTP_" + status;
        };
    return Problem.of(status, code, null, Response.Status.fromStatusCode(status).getReasonPhrase())
        .response();
  }

  @ServerExceptionMapper
  Response defect(RuntimeException e) {
    LOG.error("KGM0901 request failed", e);
    return Problem.of(500, "INTERNAL", null, "The service could not answer; its log says why.")
        .response();
  }
}
