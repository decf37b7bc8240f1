UPDATE orders SET status = 'shipped' WHERE number > 3;
