package io.kagimori.agent.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from a service's own meters where the time of its channels went. */
final class ServiceMeters {
  private static final Pattern SUM =
      Pattern.compile(
          "kagimori_(batch|publish)_duration_seconds_sum\\{.*channel=\"([^\"]+)\".*} ([0-9.E+-]+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI metrics;

  ServiceMeters(String serviceUrl) {
    metrics = URI.create(serviceUrl + "/q/metrics");
  }

  /** Seconds spent so far, by channel and step, such as {@code key-verdicts/batch}. */
  Map<String, Double> seconds() {
    Map<String, Double> seconds = new TreeMap<>();
    try {
      String body =
          http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
      Matcher line = SUM.matcher(body);
      while (line.find()) {
        seconds.put(line.group(2) + "/" + line.group(1), Double.parseDouble(line.group(3)));
      }
    } catch (IOException e) {
      throw new IllegalStateException("no meters at " + metrics + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return seconds;
  }

  /** What was spent between two readings; steps that took less than a percent are left out. */
  static Map<String, Double> shares(
      Map<String, Double> before, Map<String, Double> after, double wallSeconds) {
    Map<String, Double> shares = new TreeMap<>();
    after.forEach(
        (step, sum) -> {
          double share = (sum - before.getOrDefault(step, 0.0)) / wallSeconds;
          if (share >= 0.01) {
            shares.put(step, Math.round(share * 1000) / 1000.0);
          }
        });
    return shares;
  }
}
