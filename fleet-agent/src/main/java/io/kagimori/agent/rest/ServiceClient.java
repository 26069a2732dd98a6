package io.kagimori.agent.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kagimori.agent.cli.CommandFailure;
import io.kagimori.contracts.cloudevents.EventJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One service's REST interface, below {@code /api/v1}. Every way in which it cannot answer becomes
 * a {@link CommandFailure}.
 */
public final class ServiceClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  /** Largest page that the services give. */
  private static final int PAGE = 1000;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1).build();

  private final String service;
  private final URI base;

  /**
   * @param service its name in messages
   * @param base its address, without the path
   */
  public ServiceClient(String service, URI base) {
    this.service = service;
    this.base = base;
  }

  /**
   * What a write led to.
   *
   * @param requestId the id under which it is known
   * @param done whether the outcome is there; false while it is still being worked on
   * @param body the resource, or what the service said of the request
   */
  public record Written(String requestId, boolean done, JsonNode body) {}

  /** One resource. */
  public JsonNode get(String path) {
    return get(path, Map.of());
  }

  /** One resource or page; empty query values are left out. */
  public JsonNode get(String path, Map<String, String> query) {
    HttpResponse<String> response = send(request(path, query).GET(), ANSWER);
    return body(response);
  }

  /** The items of all pages, at most {@code max}. */
  public List<JsonNode> items(String path, Map<String, String> query, int max) {
    List<JsonNode> items = new ArrayList<>();
    Map<String, String> page = new LinkedHashMap<>(query);
    boolean more = true;
    while (more && items.size() < max) {
      page.put("limit", Integer.toString(Math.min(PAGE, max - items.size())));
      JsonNode answer = get(path, page);
      answer.path("items").forEach(items::add);
      more = answer.hasNonNull("next");
      page.put("after", answer.path("next").asText());
    }
    return items;
  }

  /**
   * Writes and waits for the outcome.
   *
   * @param requestId becomes the id of the request, so that repeating the call changes nothing
   * @param waitSeconds how long the service may take to answer with the outcome
   */
  public Written post(String path, Object body, UUID requestId, int waitSeconds) {
    HttpRequest.Builder request =
        request(path, Map.of())
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", requestId.toString())
            .POST(BodyPublishers.ofByteArray(EventJson.bytes(body)));
    if (waitSeconds > 0) {
      request.header("Prefer", "wait=" + waitSeconds);
    }
    HttpResponse<String> response = send(request, ANSWER.plusSeconds(waitSeconds));
    boolean done = response.statusCode() != 202;
    return new Written(requestId.toString(), done, body(response));
  }

  /**
   * Sends a file.
   *
   * @param contentType its media type
   * @param requestId the same id again changes nothing
   */
  public JsonNode send(
      String path, Map<String, String> query, String contentType, byte[] file, UUID requestId) {
    HttpRequest.Builder request =
        request(path, query)
            .header("Content-Type", contentType)
            .header("Idempotency-Key", requestId.toString())
            .POST(BodyPublishers.ofByteArray(file));
    return body(send(request, ANSWER.multipliedBy(6)));
  }

  /** What a service answers as plain text, such as an export. */
  public String text(String path, Map<String, String> query) {
    HttpResponse<String> response =
        send(request(path, query).setHeader("Accept", "*/*").GET(), ANSWER.multipliedBy(6));
    if (response.statusCode() >= 400) {
      throw ProblemReply.of(service, response.statusCode(), parsed(response.body()));
    }
    return response.body();
  }

  /** What a service answers as bytes, such as an archive. */
  public byte[] bytes(String path) {
    HttpResponse<byte[]> response =
        send(
            request(path, Map.of()).setHeader("Accept", "*/*").GET(),
            ANSWER.multipliedBy(6),
            BodyHandlers.ofByteArray());
    if (response.statusCode() >= 400) {
      throw ProblemReply.of(
          service,
          response.statusCode(),
          parsed(new String(response.body(), StandardCharsets.UTF_8)));
    }
    return response.body();
  }

  private HttpRequest.Builder request(String path, Map<String, String> query) {
    String parameters =
        query.entrySet().stream()
            .filter(entry -> entry.getValue() != null && !entry.getValue().isEmpty())
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    String address = base.toString().replaceAll("/+$", "") + "/api/v1" + path;
    URI target = URI.create(parameters.isEmpty() ? address : address + "?" + parameters);
    return HttpRequest.newBuilder(target).header("Accept", "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request, Duration patience) {
    return send(request, patience, BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private <T> HttpResponse<T> send(
      HttpRequest.Builder request, Duration patience, HttpResponse.BodyHandler<T> body) {
    try {
      return http.send(request.timeout(patience).build(), body);
    } catch (IOException e) {
      throw CommandFailure.outside(
          "SERVICE_UNREACHABLE",
          "%s does not answer at %s; is the stack up (kagimori up)?".formatted(service, base),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.outside("INTERRUPTED", "The wait for " + service + " was stopped.", e);
    }
  }

  private JsonNode body(HttpResponse<String> response) {
    JsonNode body = parsed(response.body());
    if (response.statusCode() >= 400) {
      throw ProblemReply.of(service, response.statusCode(), body);
    }
    return body;
  }

  private static JsonNode parsed(String body) {
    try {
      return EventJson.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** A part of a path or a query, safe for any id. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
