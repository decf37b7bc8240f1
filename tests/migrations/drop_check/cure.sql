UPDATE orders SET number = 1000 WHERE number = -1;
