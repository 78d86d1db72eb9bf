//! How far two places are apart.

/// Mean radius of the earth in metres (IUGG).
const EARTH_M: f64 = 6_371_008.8;

/// A place in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Place {
    /// North of the equator.
    pub latitude: f64,
    /// East of Greenwich.
    pub longitude: f64,
}

/// Metres between two places along a great circle, by the haversine formula; on a sphere, so up to
/// half a percent off.
#[must_use]
pub(crate) fn metres(from: Place, to: Place) -> u32 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let across = from.latitude.to_radians().cos() * to.latitude.to_radians().cos();
    let chord = half(from.latitude, to.latitude) + across * half(from.longitude, to.longitude);
    let metres = 2.0 * EARTH_M * chord.clamp(0.0, 1.0).sqrt().asin();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and half the earth's girth, 20,016 km"
    )]
    let whole = metres.round() as u32;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_distances() {
        let place = |latitude, longitude| Place { latitude, longitude };
        let xining = place(36.6171, 101.7782);
        let lanzhou = place(36.0611, 103.8343);
        assert_eq!(metres(xining, xining), 0);
        let apart = metres(xining, lanzhou);
        assert!((194_000..196_000).contains(&apart), "{apart}");
        assert_eq!(metres(lanzhou, xining), apart);
        let half_round = metres(place(0.0, 0.0), place(0.0, 180.0));
        assert!((20_015_100..20_015_130).contains(&half_round), "{half_round}");
        assert_eq!(metres(place(0.0, 0.0), place(1.0, 0.0)), 111_195);
    }
}
