package io.kagimori.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutcomeReaderTest {
  @Test
  @DisplayName("No id counts as used while the database is away, so that requests are still taken")
  void away() {
    AgroalDataSource away =
        (AgroalDataSource)
            Proxy.newProxyInstance(
                OutcomeReaderTest.class.getClassLoader(),
                new Class<?>[] {AgroalDataSource.class},
                (proxy, method, arguments) -> {
                  throw new SQLException("away", "08001");
                });

    assertThat(new OutcomeReader(away).content(UUID.randomUUID())).isEmpty();
  }
}
