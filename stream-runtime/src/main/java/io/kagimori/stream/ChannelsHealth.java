package io.kagimori.stream;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready while a channel waits for the database or the broker. Not alive comes later and from
 * the connector: when patience ran out, the channel has failed and only a restart helps.
 */
@Readiness
@ApplicationScoped
public class ChannelsHealth implements HealthCheck {
  private final Map<String, ChannelHealth> channels = new ConcurrentSkipListMap<>();

  ChannelHealth channel(String name) {
    return channels.computeIfAbsent(name, ChannelHealth::new);
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("channels").up();
    channels.forEach(
        (name, channel) -> {
          response.withData(name, channel.waitingFor().map(w -> "waits: " + w).orElse("flows"));
          if (channel.waitingFor().isPresent()) {
            response.down();
          }
        });
    return response.build();
  }
}
