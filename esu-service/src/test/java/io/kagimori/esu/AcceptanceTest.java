package io.kagimori.esu;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagimori.contracts.event.ActivationRequested;
import io.kagimori.contracts.event.EsuResult;
import io.kagimori.contracts.event.EsuVerdict;
import io.kagimori.contracts.event.EventType;
import io.kagimori.contracts.event.Verdict;
import io.kagimori.esu.domain.Ask;
import io.kagimori.esu.domain.World;
import io.kagimori.local.StackResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A granted seat accepts an enrolment without touching what is known of its device. */
@QuarkusTest
@WithTestResource(
    value = StackResource.class,
    initArgs = @ResourceArg(name = "database", value = "esu"))
class AcceptanceTest extends ServiceTest {
  @Inject DataSource database;

  private String device;
  private UUID id;

  @BeforeEach
  void enrol() {
    device = run + "pc";
    id = ask(Ask.windows10().device(device), YEAR_1);
    probe.await(EventType.ACTIVATION_REQUESTED, device, ActivationRequested.class);
  }

  @Test
  @DisplayName("S3-09 a seat is granted while another channel holds the device")
  void holdsNobodyUp() throws SQLException {
    try (Connection holder = database.getConnection();
        PreparedStatement lock =
            holder.prepareStatement("select from esu_document where device_id = ? for update")) {
      holder.setAutoCommit(false);
      lock.setString(1, device);
      assertThat(lock.executeQuery().next()).isTrue();
      activation(id, device, Verdict.GRANTED, YEAR_1);
      assertThat(result(device, EsuVerdict.ACCEPTED).requestId()).isEqualTo(id.toString());
      holder.rollback();
    }
  }

  @Test
  @DisplayName("S3-17 a report entitles an accepted enrolment, whose key it names; nothing is left")
  void entitledByReport() throws SQLException {
    activation(id, device, Verdict.GRANTED, YEAR_1);
    result(device, EsuVerdict.ACCEPTED);
    assertThat(acceptances()).isEqualTo(1);
    probe.send(
        EventType.DEVICE_REPORTED,
        YEAR_1,
        World.licenseReport(
            device, YEAR_1, "Enterprise", "19045.6456", World.WIN10_Y1, 1, "AAAAA"));
    EsuResult entitled = result(device, EsuVerdict.ENTITLED);
    assertThat(entitled.requestId()).isEqualTo(id.toString());
    assertThat(entitled.keyId()).isEqualTo("esu-key");
    assertThat(acceptances()).isZero();
  }

  @Test
  @DisplayName("S3-09 an activation that fails after its seat was granted ends the enrolment")
  void failsAfterwards() throws SQLException {
    activation(id, device, Verdict.GRANTED, YEAR_1);
    activation(id, device, Verdict.FAILED, YEAR_1);
    assertThat(result(device, EsuVerdict.REFUSED).requestId()).isEqualTo(id.toString());
    assertThat(acceptances()).isZero();
  }

  private long acceptances() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement count =
            connection.prepareStatement("select count(*) from acceptance where request_id = ?")) {
      count.setObject(1, id);
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
